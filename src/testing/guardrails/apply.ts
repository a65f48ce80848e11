import type { JsonObject } from "../../conversation/types.ts";
import type { Answer, Call } from "../call.ts";
import { ACCOUNT_ID } from "../catalogue/account-resources.ts";
import { isObject } from "../rules/request.ts";
import { replyByScript } from "../scripted.ts";
import { applyGuardrailRequest } from "../shapes/apply-guardrail-request.ts";
import { readShape } from "../shapes/check-shape.ts";
import { JSON_FORM } from "../wire/forms.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { assess } from "./assess.ts";
import type { Verdict } from "./assess.ts";
import { readContent } from "./content.ts";
import type { GuardedBlock } from "./content.ts";
import { BLOCKED_MESSAGE, guardrailId, resolveGuardrail } from "./guardrail.ts";
import { coverageOf, usageOf } from "./measure.ts";
import { masked } from "./sensitive.ts";

interface ApplyGuardrailRequest {
  guardrailIdentifier: string;
  guardrailVersion: string;
  source: "INPUT" | "OUTPUT";
  content: GuardedBlock[];
  outputScope?: "INTERVENTIONS" | "FULL";
}

const REASONS: Record<Verdict["action"], string> = {
  NONE: "No action.",
  BLOCKED: "Guardrail blocked.",
  ANONYMIZED: "Guardrail masked.",
};

/** POST /guardrail/{guardrailIdentifier}/version/{guardrailVersion}/apply */
export function applyGuardrail({ account, modelId, beside = [], body = {} }: Call): Answer {
  const named = { guardrailIdentifier: modelId, guardrailVersion: beside[0] };
  const members = isObject(body) ? { ...body, ...named } : body;
  const request = readShape(applyGuardrailRequest, members) as ApplyGuardrailRequest;
  const guardrail = resolveGuardrail(request.guardrailIdentifier);
  const content = readContent(request.content);
  const { action, assessment } = assess(guardrail, {
    content,
    isInput: request.source === "INPUT",
    full: request.outputScope === "FULL",
  });
  const usage = usageOf(guardrail, content);
  const guardrailCoverage = coverageOf(guardrail, content);
  const invocationMetrics = { guardrailProcessingLatency: 1, usage, guardrailCoverage };
  const applied = appliedGuardrail(request, account.region);
  return replyByScript(account, JSON_FORM, () =>
    jsonOutcome({
      usage,
      action: action === "NONE" ? "NONE" : "GUARDRAIL_INTERVENED",
      actionReason: REASONS[action],
      outputs: outputs(action, content.texts),
      assessments: [{ ...assessment, invocationMetrics, appliedGuardrailDetails: applied }],
      guardrailCoverage,
    }),
  );
}

/** What may be said instead: one message for everything that was blocked, or each text with its masks. */
function outputs(action: Verdict["action"], texts: readonly string[]): JsonObject[] {
  if (action === "NONE") return [];
  return action === "BLOCKED" ? [{ text: BLOCKED_MESSAGE }] : texts.map((text) => ({ text: masked(text) }));
}

function appliedGuardrail(
  { guardrailIdentifier, guardrailVersion }: ApplyGuardrailRequest,
  region: string,
): JsonObject {
  const id = guardrailId(guardrailIdentifier);
  const own = `arn:aws:bedrock:${region}:${ACCOUNT_ID}:guardrail/${id}`;
  const guardrailArn = id === guardrailIdentifier ? own : guardrailIdentifier;
  return {
    guardrailId: id,
    guardrailVersion,
    guardrailArn,
    guardrailOrigin: ["REQUEST"],
    guardrailOwnership: guardrailArn.includes(`:${ACCOUNT_ID}:`) ? "SELF" : "CROSS_ACCOUNT",
  };
}
