import { malformed, malformedBody } from "../data-family.ts";
import type { Finding } from "../data-family.ts";

/** The validators before AWS's embedding models do not all say the same fault in the same words. */

/** Every fault with its place, in a list. Source: what users of Titan Multimodal Embeddings have reported. */
export function listedFaults(findings: readonly Finding[]): string | undefined {
  return findings.length === 0 ? undefined : malformed(findings.map(complaint).join(", "));
}

/** A lone fault without its place; several are only counted. Source: what users of Titan Text Embeddings have reported. */
export function loneFault(findings: readonly Finding[]): string | undefined {
  const [only, ...more] = findings;
  if (!only || more.length > 0) return undefined;
  return malformed(complaint(only).slice(`${only.where.pointer}: `.length));
}

/** What the validator says of a number that is not among those it knows. */
export function notAmong(value: unknown, allowed: readonly number[]): string | undefined {
  return value === undefined || allowed.includes(Number(value))
    ? undefined
    : `${String(value)} is not a valid enum value`;
}

/** One fault, without the sentence around it. */
function complaint(finding: Finding): string {
  const [before = "", after = ""] = malformed("\n").split("\n");
  return (malformedBody([finding]) ?? "").slice(before.length, -after.length);
}
