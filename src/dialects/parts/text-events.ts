import type {
  Citation,
  ContentBlockDelta,
  ConverseStreamEvent,
  StopReason,
} from "../../conversation/types.ts";
import type { Piece } from "./tag-splitter.ts";

/** Writes the events of an answer of text, thoughts and tool calls. */
export interface TextEvents {
  /** The first call begins the message, also without a word. */
  add(pieces: readonly Piece[]): ConverseStreamEvent[];
  /** Where the text that is being said comes from. */
  cite(citation: Citation): ConverseStreamEvent[];
  /** Begins a tool call. Its arguments may come between those of others, so it is open to the end. */
  call(key: number, toolUse: { toolUseId: string; name: string }): ConverseStreamEvent[];
  /** More arguments of a call. */
  input(key: number, input: string): ConverseStreamEvent[];
  /** Ends the message; what comes after it is nothing. */
  stop(stopReason: StopReason): ConverseStreamEvent[];
}

/** Each change between thoughts and text opens a block of its own. */
export function createTextEvents(): TextEvents {
  let state: "before" | "within" | "after" = "before";
  let open: Piece["kind"] | undefined;
  let contentBlockIndex = -1;
  let next = 0;
  const calls = new Map<number, number>();

  const begin = (): ConverseStreamEvent[] => {
    if (state !== "before") return [];
    state = "within";
    return [{ messageStart: { role: "assistant" } }];
  };
  const close = (): ConverseStreamEvent[] => {
    if (!open) return [];
    open = undefined;
    return [{ contentBlockStop: { contentBlockIndex } }];
  };
  const say = ({ kind, text }: Piece): ConverseStreamEvent[] => {
    if (text === "") return [];
    const events = open === kind ? [] : close();
    if (open !== kind) contentBlockIndex = next++;
    open = kind;
    events.push({ contentBlockDelta: { contentBlockIndex, delta: DELTAS[kind](text) } });
    return events;
  };

  const closeCalls = (): ConverseStreamEvent[] =>
    [...calls.values()].map((index) => ({ contentBlockStop: { contentBlockIndex: index } }));

  return {
    add: (pieces) => (state === "after" ? [] : [...begin(), ...pieces.flatMap(say)]),
    cite: (citation) =>
      open === "text" ? [{ contentBlockDelta: { contentBlockIndex, delta: { citation } } }] : [],
    call(key, toolUse) {
      if (state === "after") return [];
      const events = [...begin(), ...close()];
      calls.set(key, next);
      events.push({ contentBlockStart: { contentBlockIndex: next++, start: { toolUse } } });
      return events;
    },
    input(key, input) {
      const index = calls.get(key);
      if (index === undefined || input === "" || state === "after") return [];
      return [{ contentBlockDelta: { contentBlockIndex: index, delta: { toolUse: { input } } } }];
    },
    stop(stopReason) {
      if (state === "after") return [];
      const events = [...begin(), ...close(), ...closeCalls(), { messageStop: { stopReason } }];
      state = "after";
      return events;
    },
  };
}

const DELTAS: Readonly<Record<Piece["kind"], (text: string) => ContentBlockDelta>> = {
  text: (text) => ({ text }),
  reasoning: (text) => ({ reasoningContent: { text } }),
};
