import { shortHash } from "./short-hash.ts";

/** Bedrock's bound on tool names and tool use ids. */
const MAX_CHARS = 64;

/** The set that every copy of AWS's documents allows for both. */
const ALLOWED = /^[a-zA-Z0-9_-]{1,64}$/;

export const isValidIdentifier = (text: string): boolean => ALLOWED.test(text);

/**
 * The closest identifier Bedrock accepts that is not in `taken`: same text where possible, otherwise cleaned, cut
 * and told apart by a hash of the original, so that the same original always gives the same identifier.
 */
export function toIdentifier(original: string, taken: ReadonlySet<string>): string {
  if (isValidIdentifier(original) && !taken.has(original)) return original;
  // Cut before cleaning: a megabyte of name must not cost a megabyte of work.
  const clean = original.slice(0, MAX_CHARS + 1).replace(/[^a-zA-Z0-9_-]/g, "_");
  if (clean.length <= MAX_CHARS && !taken.has(clean)) return clean;
  for (let attempt = 0; ; attempt += 1) {
    const suffix = `_${shortHash(attempt === 0 ? original : `${original}#${attempt}`)}`;
    const candidate = clean.slice(0, MAX_CHARS - suffix.length) + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}
