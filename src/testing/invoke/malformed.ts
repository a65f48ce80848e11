import type { Fault, Finding } from "./finding.ts";

type Wordings = { readonly [K in Fault["kind"]]: (fault: Extract<Fault, { kind: K }>) => string };

/** The words of the JSON schema validator that stands before most models. */
const WORDS: Wordings = {
  required: ({ key }) => `required key [${key}] not found`,
  extraneous: ({ key }) => `extraneous key [${key}] is not permitted`,
  type: ({ expected, found }) => `expected type: ${expected}, found: ${found}`,
  enum: ({ value }) => `${value} is not a valid enum value`,
  tag: ({ value }) => `${String(value)} is not a valid enum value`,
  low: ({ value, min }) => `${value} is not greater or equal to ${min}`,
  notAbove: ({ value, above }) => `${value} is not greater than ${above}`,
  high: ({ value, max }) => `${value} is not less or equal to ${max}`,
  short: ({ length, min }) => `expected minLength: ${min}, actual: ${length}`,
  long: ({ length, max }) => `expected maxLength: ${max}, actual: ${length}`,
  few: ({ count, min }) => `expected minimum item count: ${min}, found: ${count}`,
  many: ({ count, max }) => `expected maximum item count: ${max}, found: ${count}`,
};

/** What AWS says of a body that does not fit the schema of its model. Several faults are only counted. */
export function malformedBody(findings: readonly Finding[]): string | undefined {
  const [first, ...more] = findings;
  if (!first) return undefined;
  const what = more.length === 0 ? describe(first) : `${findings.length} schema violations found`;
  return malformed(what);
}

/** The same, of the first fault alone. */
export function firstMalformed(findings: readonly Finding[]): string | undefined {
  return malformedBody(findings.slice(0, 1));
}

/** The same, of all faults one after another. */
export function everyMalformed(findings: readonly Finding[]): string | undefined {
  return findings.length === 0 ? undefined : malformed(findings.map(describe).join(""));
}

/** AWS's sentence around one complaint, e.g. `#: required key [prompt] not found`. */
export function malformed(what: string): string {
  return `Malformed input request: ${what}, please reformat your input and try again.`;
}

export const NO_JSON = "Malformed input request, please reformat your input and try again.";

function describe({ where, fault }: Finding): string {
  const say = WORDS[fault.kind] as (fault: Fault) => string;
  const at = fault.kind === "tag" ? `${where.pointer}/${fault.tag}` : where.pointer;
  return `${at}: ${say(fault)}`;
}
