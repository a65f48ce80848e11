import type { Plan } from "./plan.ts";

/** What a caller saw of its stream. */
export interface Told {
  status: number;
  /** The pieces' numbers, in the order of their coming. */
  pieces: number[];
  /** Pieces of somebody else's answer. */
  foreign: number;
  finishReason: string | undefined;
  /** `cut`: the connection ended without a word. */
  end: "done" | "error" | "left" | "cut";
  /** Frames after the last one. */
  afterwards: number;
  /** What keeps the line open while nothing is said. */
  comments: number;
}

export const nothingTold = (): Told => ({
  status: 200,
  pieces: [],
  foreign: 0,
  finishReason: undefined,
  end: "cut",
  afterwards: 0,
  comments: 0,
});

/** Microseconds of a clock that all processes of one machine share. */
const microsNow = (): number => Number(process.hrtime.bigint() / 1_000n);

/** A piece of an answer: whose, which, and when it was written. */
export const pieceOf = ({ id }: Plan, index: number): string => `${id}:${index}:${microsNow()}`;

/** Takes a piece into what was told, and tells how long it was on its way, in microseconds. */
export function hear(told: Told, { id }: Plan, piece: string): number {
  const [whose, which, written] = piece.split(":").map(Number);
  if (whose === id) told.pieces.push(which!);
  else told.foreign += 1;
  return microsNow() - written!;
}

const ENDS: Readonly<Record<Plan["ending"], Pick<Told, "status" | "finishReason" | "end">>> = {
  whole: { status: 200, finishReason: "stop", end: "done" },
  think: { status: 200, finishReason: "stop", end: "done" },
  leave: { status: 200, finishReason: undefined, end: "left" },
  refuse: { status: 429, finishReason: undefined, end: "error" },
  reset: { status: 200, finishReason: undefined, end: "error" },
  exception: { status: 200, finishReason: undefined, end: "error" },
  truncate: { status: 200, finishReason: undefined, end: "error" },
  corrupt: { status: 200, finishReason: undefined, end: "error" },
  incomplete: { status: 200, finishReason: undefined, end: "error" },
  stall: { status: 200, finishReason: undefined, end: "error" },
};

/** What is wrong with a stream that went like this; nothing where all is well. */
export function judge(plan: Plan, told: Told): string[] {
  const { status, finishReason, end } = ENDS[plan.ending];
  const { least, most } = expectedPieces(plan);
  // A reset takes with it what the network had not delivered yet, be it all of the answer.
  const isEarly = plan.ending === "reset" && told.end === "error" && told.pieces.length === 0;
  const inOrder = told.pieces.every((which, index) => which === index);
  const faults = [
    !inOrder && `pieces lost, doubled or out of order: ${told.pieces.join(" ")}`,
    told.foreign > 0 && `${told.foreign} pieces of another stream`,
    told.afterwards > 0 && `${told.afterwards} frames after the last one`,
    told.status !== status && !isEarly && `status ${told.status} instead of ${status}`,
    told.end !== end && `it ended with '${told.end}' instead of '${end}'`,
    told.finishReason !== finishReason && `finish_reason '${told.finishReason}' instead of '${finishReason}'`,
    plan.ending === "think" && told.comments === 0 && "no comment kept the line open",
    inOrder && told.pieces.length < least && `${told.pieces.length} pieces instead of ${least}`,
    inOrder && told.pieces.length > most && `${told.pieces.length} pieces instead of ${most}`,
  ];
  return faults.filter((fault) => fault !== false).map((fault) => `${JSON.stringify(plan)}: ${fault}`);
}

function expectedPieces({ ending, chunks, at }: Plan): { least: number; most: number } {
  if (ending === "whole" || ending === "think") return { least: chunks, most: chunks };
  if (ending === "refuse") return { least: 0, most: 0 };
  // More may have arrived together with the last one that was waited for.
  if (ending === "leave") return { least: at, most: Infinity };
  return { least: ending === "reset" ? 0 : at, most: at };
}
