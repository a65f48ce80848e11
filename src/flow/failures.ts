import { reworded } from "./reworded.ts";
import { mayPass } from "./moves-on.ts";

/** A target that could not answer. */
export interface Failure {
  /** As the operator or the caller names it. */
  model: string;
  thrown: unknown;
  isFallback: boolean;
  /** What its attempt would have told the caller. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Of the failures of all targets the one that helps the caller most: one that passes by itself, since then the request may be
 * sent again, before one that does not; one of what was asked for before one of a fallback; the first of them.
 * @param failures At least one.
 */
export function worthTelling(failures: readonly Failure[]): Failure {
  const last = failures.at(-1)!;
  // A target that rests is asked after its fallbacks.
  const ranked = failures.toSorted((one, other) => Number(one.isFallback) - Number(other.isFallback));
  const told = ranked.find(({ thrown }) => mayPass(thrown)) ?? ranked[0]!;
  if (told === last || !mayPass(told.thrown) || !mayPass(last.thrown)) return told;
  // Whether anybody has been patient enough only the last knows: the others were asked once.
  const patient = last.thrown.headers["x-should-retry"];
  if (patient === undefined) return told;
  const headers = { ...told.thrown.headers, "x-should-retry": patient };
  return { ...told, thrown: reworded(told.thrown, { headers }) };
}

const KEYS = ["prompt_cache_key", "safety_identifier", "user"] as const;

/** What requests have in common that share a beginning, which is cached where it was read before. */
export const keyOf = (asking: object): string | undefined =>
  KEYS.map((name) => (asking as Record<string, unknown>)[name]).find(
    (value): value is string => typeof value === "string" && value !== "",
  );
