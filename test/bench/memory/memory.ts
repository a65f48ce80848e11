import { type Child, startChild } from "../child.ts";
import type { Side } from "../compare.ts";
import type { Counts, LoadServerOrder, Ports } from "../load-server.ts";
import { B1, b1, OURS, ours } from "../scenarios/sides.ts";
import { spread, type Spread } from "../statistics.ts";
import type { MemoryMeasurement, MemoryOrder } from "./subject.ts";

/** What one side takes at its worst, as multiples of the bytes of the request body. */
export interface MemoryFigure {
  title: string;
  /** In one process, one after another. */
  requests: number;
  /** NaN where it cannot be told. */
  rss: Spread;
  heap: Spread;
  /** How often a large base64 text was decoded, per request. */
  decodes: number;
  /** Both multiples must stay below it. */
  target?: number;
}

interface Subject {
  side: Side;
  /** Large base64 texts it decodes per request; another number is an error. */
  decodes: number;
  target?: number;
}

const REQUESTS = [1, 8];

function subjects(ports: Ports): Subject[] {
  const whole = ours(ports, "short", "image");
  const fromBytes = { ...b1(ports, "short", "image"), label: `${B1}, from the file's bytes` };
  const fromBase64 = { ...b1(ports, "short", "image-from-base64"), label: `${B1}, from base64 text` };
  const fromText = { ...whole, label: `${OURS}, from JSON text` };
  const inPieces = {
    ...whole,
    system: "handler-pieces" as const,
    label: `${OURS}, JSON in pieces of 64 KiB`,
  };
  const wide = ours(ports, "short", "image-with-wide-text");
  const fromWideText = { ...wide, label: `${OURS}, from JSON text with a ’` };
  return [
    { side: fromBytes, decodes: 0 },
    { side: fromBase64, decodes: 1 },
    { side: fromText, decodes: 0, target: 4 },
    { side: fromWideText, decodes: 0, target: 4 },
    { side: inPieces, decodes: 0, target: 4 },
  ];
}

/**
 * Measures each side in fresh processes, `repeats` times.
 * @throws when a side decodes base64 more or less often than it should.
 */
export async function measureMemory(
  server: Child<LoadServerOrder>,
  ports: Ports,
  repeats: number,
): Promise<MemoryFigure[]> {
  const figures: MemoryFigure[] = [];
  for (const { side, decodes, target } of subjects(ports)) {
    for (const requests of REQUESTS) {
      const rss: number[] = [];
      const heap: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const { bytes, ...measured } = await measureOnce(server, side, requests);
        if (measured.decodes !== decodes * requests)
          throw new Error(`${side.label} decoded base64 ${measured.decodes} times.`);
        rss.push((measured.rss ?? Number.NaN) / bytes);
        heap.push(measured.heap / bytes);
      }
      const figure = { title: side.label, requests, rss: spread(rss), heap: spread(heap), decodes };
      // What piles up over several requests is for the garbage collector to say.
      figures.push({ ...figure, ...(target !== undefined && requests === 1 && { target }) });
    }
  }
  return figures;
}

export async function measureOnce(
  server: Child<LoadServerOrder>,
  { system, endpoint, question }: Side,
  times: number,
): Promise<MemoryMeasurement & { bytes: number }> {
  const before = await server.ask<Counts>("counts");
  const child = startChild<MemoryOrder>("memory/subject.ts", [system, endpoint, question], "subject");
  try {
    const measured = await child.ask<MemoryMeasurement>({ times });
    const { bytes } = await server.ask<Counts>("counts");
    return { ...measured, bytes: (bytes - before.bytes) / times };
  } finally {
    child.stop();
  }
}
