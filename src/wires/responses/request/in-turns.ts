import { type BedrockOpenAIError, invalidRequest } from "../../../errors.ts";
import type { Told } from "../../request/anthropic-parts.ts";
import type { Decoding } from "../../request/decoding.ts";
import type { Call, Read } from "./reading.ts";

/**
 * What items say, in the order in which a conversation says it: the results of a turn's calls right after the turn, wherever they
 * stood.
 * @throws BedrockOpenAIError 400 in OpenAI's words for a call without a result, and a result without a call.
 */
export function inTurns(read: readonly Read[], decoding: Pick<Decoding, "noteOnce">): Told[] {
  const results = resultsIn(read);
  const told: Told[] = [];
  const moved = new Set<number>();
  const answered = new Set<string>();
  /** The ids of the calls that the latest turn made. */
  let turn = new Set<string>();
  let open = new Map<string, Call>();
  let isTurnOver = true;

  const settle = (before: number): void => {
    for (const call of open.values()) {
      const position = nextAfter(before, results.get(call.id) ?? []);
      if (position === undefined) throw unanswered(call);
      moved.add(position);
      answered.add(call.id);
      told.push(read[position]!.told);
    }
    open = new Map();
    turn = new Set();
  };

  for (const [index, { told: each, calls, answers }] of read.entries()) {
    if (moved.has(index)) continue;
    const { role } = each.message;
    if (answers !== undefined) {
      if (!turn.has(answers)) {
        if (!answered.has(answers)) throw uncalled(answers);
        decoding.noteOnce(each.at, "dropped", "A call has one result; later ones are not sent.");
        continue;
      }
      open.delete(answers);
      answered.add(answers);
    } else if (role === "user" || (role === "assistant" && isTurnOver)) settle(index);
    if (calls) {
      turn.add(calls.id);
      open.set(calls.id, calls);
      isTurnOver = false;
    } else isTurnOver ||= role !== "assistant";
    told.push(each);
  }
  settle(read.length);
  return told;
}

/** What comes before was sent already: it is forgotten, so that nothing is looked at twice. */
function nextAfter(before: number, positions: number[]): number | undefined {
  while (positions.length > 0 && positions.at(-1)! <= before) positions.pop();
  return positions.pop();
}

/** Where the results of each call stand, the next one last. */
function resultsIn(read: readonly Read[]): Map<string, number[]> {
  const results = new Map<string, number[]>();
  for (let index = read.length - 1; index >= 0; index -= 1) {
    const { answers } = read[index]!;
    if (answers === undefined) continue;
    const known = results.get(answers);
    if (known) known.push(index);
    else results.set(answers, [index]);
  }
  return results;
}

const unanswered = ({ id, kind }: Call): BedrockOpenAIError =>
  invalidRequest(`No tool output found for ${kind} ${id.slice(0, 64)}.`, { param: "input" });

const uncalled = (id: string): BedrockOpenAIError =>
  invalidRequest(`No tool call found for function call output with call_id ${id.slice(0, 64)}.`, {
    param: "input",
  });
