import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { createCalls } from "./calls.ts";
import type { Origin } from "./envelope.ts";
import { thinksAloud } from "../../native/families.ts";
import { toFinishReason } from "./finish.ts";
import { createThoughtSplitter, inWords, underBothNames } from "./words.ts";

/** One choice of a stream. */
export interface Choice {
  /** It has told how it ended. */
  readonly finished: boolean;
  /** Text can go on as it stands. */
  readonly plain: boolean;
  /** A choice of a chunk as clients read it; undefined where it says nothing. */
  push(choice: JsonObject): JsonObject | undefined;
}

export function createChoice({ family, newId }: Origin): Choice {
  const calls = createCalls(newId);
  let splitter = thinksAloud(family) ? createThoughtSplitter() : undefined;
  let started = false;
  let finished = false;

  /** Once the answer itself has begun, a tag is a word like others. */
  const split = (content: unknown, ends: boolean): JsonObject => {
    if (!splitter) return typeof content === "string" ? { content } : {};
    const pieces = [
      ...splitter.push(typeof content === "string" ? content : ""),
      ...(ends ? splitter.end() : []),
    ];
    if (pieces.some(({ kind }) => kind === "text")) splitter = undefined;
    return inWords(pieces);
  };

  const tell = (delta: JsonObject, ends: boolean): JsonObject => {
    const { role: _, content, tool_calls: made, function_call: __, ...rest } = delta;
    const called = [...calls.push(Array.isArray(made) ? made : []), ...(ends ? calls.end() : [])];
    const said = underBothNames({
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null)),
      ...split(content, ends),
      ...(called.length > 0 && { tool_calls: called }),
    });
    if (started) return said;
    started = true;
    // Clients take the first chunk's word for what all of them are.
    return { role: "assistant", content: "", ...said };
  };

  return {
    get finished() {
      return finished;
    },
    get plain() {
      return started && !finished && splitter === undefined;
    },
    push(choice) {
      const { delta, message, finish_reason: reason, ...rest } = choice;
      if (finished) return undefined;
      const ends = reason != null;
      const told = tell([delta, message].find(isObject) ?? {}, ends);
      if (!ends && Object.keys(told).length === 0 && rest["logprobs"] == null) return undefined;
      finished = ends;
      return {
        index: 0,
        logprobs: null,
        ...rest,
        delta: told,
        finish_reason: ends ? toFinishReason(reason, calls.made) : null,
      };
    },
  };
}
