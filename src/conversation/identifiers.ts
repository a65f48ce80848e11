import { shortHash } from "./short-hash.ts";

/** Bedrock's bound on tool names and tool use ids. */
const MAX_CHARS = 64;

/** The set that every copy of AWS's documents allows for both. */
const ALLOWED = /^[a-zA-Z0-9_-]{1,64}$/;

export const isValidIdentifier = (text: string): boolean => ALLOWED.test(text);

/**
 * Makes identifiers that Bedrock accepts, no two alike: the same text where possible, otherwise cleaned, cut and told
 * apart by a hash of the original, so that the same originals in the same order always give the same identifiers.
 * @param reserved Names that are already somebody's.
 */
export function createIdentifiers(reserved: Iterable<string> = []): (original: string) => string {
  const taken = new Set(reserved);
  // Where the search for an original's next identifier goes on: clients repeat one id ten thousand times.
  const attempts = new Map<string, number>();

  const claim = (identifier: string): string => {
    taken.add(identifier);
    return identifier;
  };

  return (original) => {
    if (isValidIdentifier(original) && !taken.has(original)) return claim(original);
    // Cut before cleaning: a megabyte of name must not cost a megabyte of work.
    const clean = original.slice(0, MAX_CHARS + 1).replaceAll(/[^a-zA-Z0-9_-]/g, "_");
    if (clean.length <= MAX_CHARS && !taken.has(clean)) return claim(clean);
    for (let attempt = attempts.get(original) ?? 0; ; attempt += 1) {
      const suffix = `_${shortHash(attempt === 0 ? original : `${original}#${attempt}`)}`;
      const candidate = clean.slice(0, MAX_CHARS - suffix.length) + suffix;
      if (taken.has(candidate)) continue;
      attempts.set(original, attempt + 1);
      return claim(candidate);
    }
  };
}
