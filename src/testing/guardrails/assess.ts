import type { JsonObject } from "../../conversation/types.ts";
import type { Content } from "./content.ts";
import type { Guardrail, PolicyName } from "./guardrail.ts";
import { POLICIES } from "./policies.ts";

export interface Verdict {
  action: "NONE" | "BLOCKED" | "ANONYMIZED";
  /** The members of AWS's assessment that its policies have. */
  assessment: JsonObject;
}

/** What a guardrail is asked. */
export interface Question {
  content: Content;
  /** Whether it is what a user said, and not a model. */
  isInput: boolean;
  /** Tells what was looked for in vain, too. */
  full: boolean;
}

/** What a guardrail finds in a content, and does about it: what blocks goes before what masks. */
export function assess(guardrail: Guardrail, question: Question): Verdict {
  const { content } = question;
  const seen = { ...question, content: { ...content, images: guardrail.images ? content.images : [] } };
  const verdicts = guardrail.policies.map((name) => consult(name, guardrail.enforces, seen));
  const actions = new Set(verdicts.map(({ action }) => action));
  return {
    action: (["BLOCKED", "ANONYMIZED"] as const).find((action) => actions.has(action)) ?? "NONE",
    assessment: Object.assign({}, ...verdicts.map(({ assessment }) => assessment)) as JsonObject,
  };
}

function consult(name: PolicyName, enforces: boolean, { content, isInput, full }: Question): Verdict {
  const { find, action, write, tellsAll } = POLICIES[name];
  const taken = enforces ? action : "NONE";
  const findings = find(content, isInput);
  const told = findings
    .filter(({ detected }) => detected || (full && tellsAll))
    .map((finding) => Object.assign(finding, { action: finding.detected ? taken : "NONE" }));
  return {
    action: findings.some(({ detected }) => detected) ? taken : "NONE",
    assessment: told.length > 0 ? write(told) : {},
  };
}
