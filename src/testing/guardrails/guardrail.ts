import { validationError } from "../aws-error.ts";

/** A guardrail of the account, as far as its id tells it apart. */
export interface Guardrail {
  policies: readonly PolicyName[];
  /** Whether its content filters look at images too. */
  images: boolean;
  /** Otherwise it only tells what it has found. */
  enforces: boolean;
}

export type PolicyName = "topic" | "content" | "word" | "sensitive";

const EVERYTHING: Guardrail = {
  policies: ["topic", "content", "word", "sensitive"],
  images: true,
  enforces: true,
};

/** The account has a guardrail of every id, and in every version; some are told apart by how their id begins. */
const GUARDRAILS: readonly (readonly [ids: RegExp, guardrail: Guardrail | undefined])[] = [
  [/^missing/, undefined],
  [/^text/, { ...EVERYTHING, images: false }],
  [/^words/, { ...EVERYTHING, policies: ["word"], images: false }],
  [/^detect/, { ...EVERYTHING, enforces: false }],
  [/^/, EVERYTHING],
];

/** The one word that every guardrail of the emulator blocks. */
export const BLOCKED_WORD = "BLOCKED_BY_GUARDRAIL";

/** What is said in the place of what a guardrail has blocked. */
export const BLOCKED_MESSAGE = "Sorry, the guardrail blocked this.";

export const NO_SUCH_GUARDRAIL =
  "The guardrail identifier or version provided in the request does not exist.";

/** The guardrail of an id or ARN; undefined where the account has none. */
export function guardrailOf(identifier: string): Guardrail | undefined {
  return GUARDRAILS.find(([ids]) => ids.test(guardrailId(identifier)))?.[1];
}

/** The same, refused as AWS refuses it: one message for an unknown id and for an unknown version. */
export function resolveGuardrail(identifier: string): Guardrail {
  const guardrail = guardrailOf(identifier);
  if (!guardrail) throw validationError(NO_SUCH_GUARDRAIL);
  return guardrail;
}

/** The id in an ARN, or the id itself. */
export function guardrailId(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}
