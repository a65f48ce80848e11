import type { Scenario } from "../bench.ts";
import { once } from "../measure/once.ts";
import { slow } from "../measure/slow.ts";
import { lengthOf, PROFILES } from "../server/wire.ts";
import type { HeapOrder } from "../subject/heap.ts";
import type { HeldMeasurement, HeldOrder } from "../subject/held.ts";
import * as side from "./sides.ts";

const { B1, FETCH, OURS, PIECES } = side;
const MIB = 1024 * 1024;
const AFTER = [1_000, 10_000];

export const MEMORY: readonly Scenario[] = [
  slow({
    name: "slow",
    title: "500 slow streams at once",
    tls: false,
    sides: [B1, OURS, side.OPENAI, side.CONVERSE, side.AI_PROVIDER],
    repeats: 2,
  }),
  slow({
    name: "slow-tls",
    title: "500 slow streams at once over TLS",
    tls: true,
    sides: [B1, side.B0, OURS, side.H2],
    // One differs from the next by a twentieth, as much as the sides do.
    repeats: 7,
  }),
  once<HeldOrder, HeldMeasurement>({
    name: "held",
    title: "An answer that is open after 99 deltas, 100 of them at once",
    unit: "KiB of heap and buffers",
    program: "held",
    profile: "held",
    sides: [OURS],
    // The first of what the load server writes is no delta.
    order: { count: 100, chars: lengthOf(PROFILES.held.heldAfter - 1) },
    repeats: 2,
    figures: ({ chat, responses, background }) => ({
      chat: chat / 1024,
      responses: responses / 1024,
      "background response": background / 1024,
    }),
  }),
  once<HeapOrder, number[]>({
    name: "heap",
    title: "Live heap when streams are over",
    unit: "MiB",
    program: "heap",
    profile: "short",
    sides: [OURS],
    order: { after: AFTER, concurrency: 16 },
    repeats: 1,
    figures: (heaps) =>
      Object.fromEntries(heaps.map((heap, index) => [`after ${AFTER[index]!} streams`, heap / MIB])),
  }),
  once<"ask", number>({
    name: "image-memory",
    title: "An image of 10 MiB, the process at its largest",
    unit: "MiB of RSS",
    program: "peak",
    profile: "short",
    question: "image",
    sides: [B1, OURS, FETCH, PIECES],
    order: "ask",
    repeats: 3,
    figures: (rss) => ({ "": rss / MIB }),
  }),
];
