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
  /** The text cut and told apart by its hash, and by a number where hashes are alike. */
  derive(text: string, hash: string, number: number): string;
  /** Texts of one kin, by their hash, may get the same numbers. */
  kin(hash: string): string;
}

// Cut before cleaning: a megabyte of name must not cost a megabyte of work.
const cleaned = (text: string): string => text.slice(0, MAX_CHARS + 1).replaceAll(/[^a-zA-Z0-9_-]/g, "_");

export const BEDROCK_FORM: IdentifierForm = {
  isValid: isValidIdentifier,
  clean: (text) => (text.length <= MAX_CHARS ? cleaned(text) : undefined),
  derive(text, hash, number) {
    const suffix = number === 0 ? `_${hash}` : `_${hash}_${number}`;
    return cleaned(text).slice(0, MAX_CHARS - suffix.length) + suffix;
  },
  kin: (hash) => hash,
};

/** Mistral's models refuse every other tool use id in a history. */
export const MISTRAL_FORM: IdentifierForm = {
  isValid: (text) => /^[a-zA-Z0-9]{9}$/.test(text),
  clean: () => undefined,
  derive: (_, hash, number) =>
    number === 0 ? `${hash}0` : `${hash.slice(0, 3)}${number.toString(36).padStart(6, "0")}`,
  kin: (hash) => hash.slice(0, 3),
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
  // Where the search goes on for texts of one kin: clients repeat one id ten thousand times, and texts with one hash, or
  // hashes with one beginning, are easily made.
  const numbers = new Map<string, number>();

  const claim = (identifier: string): string => {
    taken.add(identifier);
    return identifier;
  };

  return (original) => {
    const clean = form.isValid(original) ? original : form.clean(original);
    if (clean !== undefined && form.isValid(clean) && !taken.has(clean)) return claim(clean);
    const hash = shortHash(original);
    const unnumbered = form.derive(original, hash, 0);
    if (!taken.has(unnumbered)) return claim(unnumbered);
    const kin = form.kin(hash);
    for (let number = numbers.get(kin) ?? 1; ; number += 1) {
      const candidate = form.derive(original, hash, number);
      if (taken.has(candidate)) continue;
      numbers.set(kin, number + 1);
      return claim(candidate);
    }
  };
}
