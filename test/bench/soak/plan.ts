import { createRandom } from "./random.ts";

/** How a stream goes: the caller leaves it, or AWS does what AWS does on a bad day. */
export type Ending =
  | "whole"
  | "leave"
  | "refuse"
  | "reset"
  | "exception"
  | "truncate"
  | "corrupt"
  | "incomplete"
  | "stall"
  | "think";

/** One stream, as its caller asks for it: the request's text is this as JSON. */
export interface Plan {
  id: number;
  ending: Ending;
  /** Pieces of a whole answer. One that is to be left has no end. */
  chunks: number;
  /** How many of them come before the fault, or before the caller leaves. */
  at: number;
  /** Milliseconds between two pieces, on average. */
  gap: number;
}

/** Of a hundred streams. */
const SHARES: readonly (readonly [Ending, number])[] = [
  ["whole", 58],
  ["leave", 16],
  ["refuse", 4],
  ["reset", 4],
  ["exception", 5],
  ["truncate", 4],
  ["corrupt", 4],
  ["incomplete", 3],
  ["stall", 2],
];

const MOST_CHUNKS = 80;
const GAPS = [0, 20, 60, 120, 200];

export interface Plans {
  seed: number;
  /** Every plan has a number of its own, from here on. */
  firstId: number;
  /** About how long a stream may last, in milliseconds. */
  longest: number;
}

/** Plans without end. */
export function* plansFrom({ seed, firstId, longest }: Plans): Generator<Plan, never, undefined> {
  const random = createRandom(seed + firstId);
  const pick = (count: number): number => Math.floor(random() * count);
  for (let id = firstId; ; id += 1) {
    const ending = endingAt(random() * 100);
    const chunks = 2 + pick(MOST_CHUNKS - 1);
    // Nothing that is to go wrong goes wrong before AWS has begun to answer: that is the fault suite's affair.
    const at = ending === "leave" ? pick(chunks) : 1 + pick(chunks - 1);
    const gap = Math.min(GAPS[pick(GAPS.length)]!, Math.floor(longest / chunks));
    yield { id, ending, chunks, at, gap };
  }
}

function endingAt(point: number): Ending {
  let left = point;
  for (const [ending, share] of SHARES) {
    if (left < share) return ending;
    left -= share;
  }
  return "whole";
}

/** A model that thinks for longer than a keep-alive takes to come, before its first word or after it. */
export const thinking = (id: number): Plan => ({ id, ending: "think", chunks: 3, at: id % 2, gap: 0 });

export const THINKING_MS = 18_000;
