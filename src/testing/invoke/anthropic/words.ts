import type { Fault, Finding } from "../finding.ts";
import { malformedBody } from "../malformed.ts";

const TYPES: Readonly<Record<string, string>> = {
  String: "string",
  Number: "number",
  Integer: "integer",
  Boolean: "boolean",
  JSONArray: "list",
  JSONObject: "dictionary",
};

type Wordings = { readonly [K in Fault["kind"]]: (fault: Extract<Fault, { kind: K }>) => string };

/** How Anthropic's own validator words a fault. */
const WORDS: Wordings = {
  required: () => "Field required",
  extraneous: () => "Extra inputs are not permitted",
  type: ({ expected }) => `Input should be a valid ${TYPES[expected] ?? expected}`,
  enum: ({ values }) => `Input should be ${values.map((value) => `'${value}'`).join(" or ")}`,
  tag: ({ tag, value, values }) => {
    const tags = values.map((name) => `'${name}'`).join(", ");
    return `Input tag '${String(value)}' found using '${tag}' does not match any of the expected tags: ${tags}`;
  },
  low: ({ min }) => `Input should be greater than or equal to ${min}`,
  notAbove: ({ above }) => `Input should be greater than ${above}`,
  high: ({ max }) => `Input should be less than or equal to ${max}`,
  short: ({ min }) => `String should have at least ${min} character${min === 1 ? "" : "s"}`,
  long: ({ max }) => `String should have at most ${max} characters`,
  few: ({ min }) => `List should have at least ${min} item${min === 1 ? "" : "s"} after validation`,
  many: ({ max }) => `List should have at most ${max} items after validation`,
};

const NAMES_A_MEMBER = new Set<Fault["kind"]>(["required", "extraneous"]);

/** AWS looks at the members of the body, and words what it finds; Anthropic looks inside them. */
export function anthropicWords(findings: readonly Finding[]): string | undefined {
  const outer = findings.filter(({ where: { pointer }, fault }) =>
    NAMES_A_MEMBER.has(fault.kind) ? pointer === "#" : !pointer.slice(2).includes("/"),
  );
  const [inner] = findings;
  return malformedBody(outer) ?? (inner && innerWords(inner));
}

/** One finding, as Anthropic words it wherever it stands. */
export function innerWords({ where: { dotted }, fault }: Finding): string {
  const say = WORDS[fault.kind] as (fault: Fault) => string;
  const at = "key" in fault ? [dotted, fault.key].filter(Boolean).join(".") : dotted;
  return `${at}: ${say(fault)}`;
}
