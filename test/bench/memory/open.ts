import { startChild } from "../child.ts";
import type { Ports } from "../load-server.ts";
import { spread, type Spread } from "../statistics.ts";
import { lengthOf, PROFILES } from "../wire.ts";
import type { OpenMeasurement, OpenOrder } from "./open-subject.ts";

/** What an answer takes that is open. */
export interface OpenFigure {
  title: string;
  /** Bytes of heap and buffers. */
  each: Spread;
  /** Over that of an open chat stream, of the same repeat. */
  ratio: Spread;
  target?: number;
}

const COUNT = 100;
/** All that the load server says; the first of its writes is no delta. */
const CHARS = lengthOf(PROFILES.held.heldAfter - 1);

/** Of the ratio. A background response is kept as it comes, besides. */
const TARGETS: Partial<Record<OpenOrder["kind"], number>> = { responses: 2, background: 2 };

const TITLES: Readonly<Record<OpenOrder["kind"], string>> = {
  chat: "a chat stream",
  responses: "a responses stream",
  background: "a background response that nobody reads",
};

/** Answers that are open at the same time, each after so many words, in fresh processes. */
export async function measureOpen({ h1 }: Ports, repeats: number): Promise<OpenFigure[]> {
  const kinds = Object.keys(TITLES) as OpenOrder["kind"][];
  const each = new Map(kinds.map((kind) => [kind, [] as number[]]));
  for (let repeat = 0; repeat < repeats; repeat += 1)
    for (const kind of kinds) each.get(kind)!.push(await measureOnce(`http://127.0.0.1:${h1}/held`, kind));
  const base = each.get("chat")!;
  return kinds.map((kind) => {
    const bytes = each.get(kind)!;
    const ratio = spread(bytes.map((value, repeat) => value / base[repeat]!));
    const target = TARGETS[kind];
    return { title: TITLES[kind], each: spread(bytes), ratio, ...(target !== undefined && { target }) };
  });
}

async function measureOnce(endpoint: string, kind: OpenOrder["kind"]): Promise<number> {
  const child = startChild<OpenOrder>("memory/open-subject.ts", [endpoint], "subject");
  try {
    return (await child.ask<OpenMeasurement>({ kind, count: COUNT, chars: CHARS })).each;
  } finally {
    child.stop();
  }
}
