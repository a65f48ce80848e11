import { valueOf } from "./report/judge.ts";
import type { Run } from "./results.ts";
import type { Figure } from "./targets.ts";

/** What may not get worse unnoticed. */
export interface Gate {
  says: string;
  figure: Figure;
  /** What still passes, given what was committed. */
  most(committed: number): number;
}

export interface Judged {
  says: string;
  committed: number;
  now: number;
  most: number;
  passed: boolean;
}

/** Ratios of one run differ by a quarter on machines that others share; what costs half as much again is no chance. */
const HALF_AGAIN = (committed: number): number => committed * 1.5;
/** Sizes are exact. */
const A_TENTH = (committed: number): number => committed * 1.1;

const overB1 = (table: string): Figure => ({ kind: "ratio", of: `${table}/ours`, over: `${table}/b1` });
const plain = (of: `${string}/${string}`): Figure => ({ kind: "plain", of });

export const GATES: readonly Gate[] = [
  { says: "2,000 deltas in bulk, over the raw SDK", figure: overB1("bulk"), most: HALF_AGAIN },
  { says: "a whole answer, over the raw SDK", figure: overB1("chat"), most: HALF_AGAIN },
  { says: "200 messages and 50 tools, over the raw SDK", figure: overB1("agent"), most: HALF_AGAIN },
  {
    says: "new connections per whole answer",
    figure: plain("connections/ours-chat-16"),
    most: () => 0.02,
  },
  {
    says: "new connections per stream",
    figure: plain("connections/ours-stream-16"),
    most: () => 0.02,
  },
  { says: "KiB of code that root and Express read", figure: plain("code/express"), most: A_TENTH },
  { says: "MB that an installation takes", figure: plain("size/all"), most: A_TENTH },
];

/** @throws where either run has not measured what a gate asks for. */
export const judgeGates = (committed: Run, now: Pick<Run, "tables">): Judged[] =>
  GATES.map(({ says, figure, most }) => {
    const before = valueOf(figure, committed);
    const after = valueOf(figure, now);
    if (before === undefined || after === undefined)
      throw new Error(`Nothing is known of: ${says}. Run "npm run bench" and commit what it writes.`);
    return { says, committed: before, now: after, most: most(before), passed: after <= most(before) };
  });
