/** Looks for the first of several stop sequences in a text that comes in pieces. Offsets are in code units. */
export interface StopSearch {
  /** The next piece → where the first sequence begins, once none can begin before it. */
  push(text: string): number | undefined;
  /** Where the first one begins in a text that goes on no more. */
  end(): number | undefined;
  /** How much of the text cannot be part of one any more, whatever follows. */
  safe(): number;
  /** Another text begins. */
  reset(): void;
}

/** Half a character occurs in no text of a model's, but would be found within whole ones. */
const HALF_A_CHARACTER = /\p{Surrogate}/u;

/**
 * Every sequence is sought by itself and no unit is looked at twice (Knuth, Morris and Pratt). The first to begin wins,
 * not the first to end, as if the whole text had been there.
 */
export function createStopSearch(stops: readonly string[]): StopSearch {
  const seekers = stops.filter((stop) => !HALF_A_CHARACTER.test(stop)).map(createSeeker);
  let at = 0;
  let first = Infinity;
  /** Where the earliest begins of those that the text may be in the middle of. */
  let open = 0;

  const step = (unit: number): void => {
    at += 1;
    open = at;
    for (const { length, step: next } of seekers) {
      const start = at - next(unit);
      if (at - start === length) first = Math.min(first, start);
      open = Math.min(open, start);
    }
  };

  return {
    push(text) {
      for (let index = 0; index < text.length && first > open; index += 1) step(text.charCodeAt(index));
      return first <= open ? first : undefined;
    },
    end: () => (first === Infinity ? undefined : first),
    safe: () => Math.min(first, open),
    reset() {
      at = 0;
      first = Infinity;
      open = 0;
      for (const seeker of seekers) seeker.reset();
    },
  };
}

interface Seeker {
  length: number;
  /** The next unit → how much of the sequence the text now ends with. */
  step(unit: number): number;
  reset(): void;
}

function createSeeker(stop: string): Seeker {
  const shorter = borders(stop);
  let matched = 0;
  return {
    length: stop.length,
    step: (unit) => (matched = advance(stop, shorter, matched, unit)),
    reset: () => void (matched = 0),
  };
}

/** How much of a sequence a text ends with that ended with `matched` of it, and one unit more. */
function advance(stop: string, shorter: Uint32Array, matched: number, unit: number): number {
  let length = matched;
  while (length > 0 && (length === stop.length || stop.charCodeAt(length) !== unit))
    length = shorter[length]!;
  return stop.charCodeAt(length) === unit ? length + 1 : 0;
}

/** For every beginning of a sequence, by length: how much of the sequence it ends with, itself aside. */
function borders(stop: string): Uint32Array {
  const shorter = new Uint32Array(stop.length + 1);
  for (let end = 1; end < stop.length; end += 1)
    shorter[end + 1] = advance(stop, shorter, shorter[end]!, stop.charCodeAt(end));
  return shorter;
}
