import { shortHash } from "./short-hash.ts";

/** Bedrock's bound on tool names and tool use ids. */
const MAX_CHARS = 64;

/** The set that every copy of AWS's documents allows for both. */
const ALLOWED = /^[a-zA-Z0-9_-]{1,64}$/;

export const isValidIdentifier = (text: string): boolean => ALLOWED.test(text);

/** What ids may look like, and how a text that may not becomes one. */
export interface IdentifierForm {
  isValid(text: string): boolean;
  /** The text cleaned, where that is enough; undefined where it is not. */
  clean(text: string): string | undefined;
  /** Another identifier for every attempt. */
  derive(text: string, attempt: number): string;
}

const hashOf = (text: string, attempt: number): string =>
  shortHash(attempt === 0 ? text : `${text}#${attempt}`);

// Cut before cleaning: a megabyte of name must not cost a megabyte of work.
const cleaned = (text: string): string => text.slice(0, MAX_CHARS + 1).replaceAll(/[^a-zA-Z0-9_-]/g, "_");

export const BEDROCK_FORM: IdentifierForm = {
  isValid: isValidIdentifier,
  clean: (text) => (text.length <= MAX_CHARS ? cleaned(text) : undefined),
  derive(text, attempt) {
    const suffix = `_${hashOf(text, attempt)}`;
    return cleaned(text).slice(0, MAX_CHARS - suffix.length) + suffix;
  },
};

/** Mistral's models refuse every other tool use id in a history. */
export const MISTRAL_FORM: IdentifierForm = {
  isValid: (text) => /^[a-zA-Z0-9]{9}$/.test(text),
  clean: () => undefined,
  derive: (text, attempt) => (hashOf(text, attempt) + shortHash(`${attempt}:${text}`)).slice(0, 9),
};

/**
 * Makes identifiers of one form, no two alike: the same text where possible, otherwise cleaned, cut and told apart by a
 * hash of the original, so that the same originals in the same order always give the same identifiers.
 * @param reserved Names that are already somebody's.
 */
export function createIdentifiers(
  form: IdentifierForm,
  reserved: Iterable<string> = [],
): (original: string) => string {
  const taken = new Set(reserved);
  // Where the search for an original's next identifier goes on: clients repeat one id ten thousand times.
  const attempts = new Map<string, number>();

  const claim = (identifier: string): string => {
    taken.add(identifier);
    return identifier;
  };

  return (original) => {
    const clean = form.isValid(original) ? original : form.clean(original);
    if (clean !== undefined && !taken.has(clean)) return claim(clean);
    for (let attempt = attempts.get(original) ?? 0; ; attempt += 1) {
      const candidate = form.derive(original, attempt);
      if (taken.has(candidate)) continue;
      attempts.set(original, attempt + 1);
      return claim(candidate);
    }
  };
}
