import type { ConverseStreamEvent, JsonObject } from "../../conversation/types.ts";
import { throwIfFailed } from "../parts/native-error.ts";
import { reasonIn, saidIn, thoughtIn, toOpenAIStop, toOpenAIUsage } from "./openai-answer.ts";
import { countIn, firstIn, objectIn, objectsIn, textIn } from "../parts/read-native.ts";
import type { Piece } from "../parts/tag-splitter.ts";
import { createTextEvents } from "../parts/text-events.ts";
import { createThoughtSplitter } from "../parts/thought-splitter.ts";

/** Chunks of a chat completion, also those that have no choice. Source: OpenAI's API reference, Streaming. */
export function createOpenAIReader(): (chunk: JsonObject) => ConverseStreamEvent[] {
  const events = createTextEvents();
  const splitter = createThoughtSplitter();
  /** Thoughts stand before the first call. */
  let isSplit = true;
  const calls = new Map<number, { key: number; id: string }>();
  let count = 0;

  const words = (text: string): Piece[] => (isSplit ? splitter.push(text) : [{ kind: "text", text }]);
  const held = (): Piece[] => {
    const pieces = isSplit ? splitter.end() : [];
    isSplit = false;
    return pieces;
  };

  /** A call begins with an id that was not there; some hosts repeat the id, and some do not number their calls. */
  const call = (part: JsonObject, position: number): ConverseStreamEvent[] => {
    const index = countIn(part, "index") ?? position;
    const known = calls.get(index);
    const called = objectIn(part, "function");
    const id = textIn(part, "id") || known?.id;
    const input = argumentsIn(called);
    if (known && id === known.id) return events.input(known.key, input);
    const begun = { key: count, id: id ?? `call_${count}` };
    count += 1;
    calls.set(index, begun);
    const toolUse = { toolUseId: begun.id, name: textIn(called, "name") ?? "" };
    return [...events.call(begun.key, toolUse), ...events.input(begun.key, input)];
  };

  const say = (delta: JsonObject): ConverseStreamEvent[] => {
    const called = objectsIn(delta, "tool_calls");
    const thought: Piece = { kind: "reasoning", text: thoughtIn(delta) };
    const said = [thought, ...words(saidIn(delta)), ...(called.length > 0 ? held() : [])];
    return [...events.add(said), ...called.flatMap(call)];
  };

  const stop = (reason: string): ConverseStreamEvent[] => [
    ...events.add(held()),
    ...events.stop(toOpenAIStop(reason, count > 0) ?? "end_turn"),
  ];

  return (chunk) => {
    throwIfFailed(chunk);
    const choice = firstIn(chunk, "choices");
    const reason = reasonIn(choice);
    const usage = objectIn(chunk, "usage");
    return [
      ...(choice ? say(objectIn(choice, "delta") ?? objectIn(choice, "message") ?? {}) : []),
      ...(reason ? stop(reason) : []),
      ...(usage ? [{ metadata: { usage: toOpenAIUsage(usage) } }] : []),
    ];
  };
}

function argumentsIn(called: JsonObject | undefined): string {
  const value = called?.["arguments"];
  return typeof value === "string" || value === undefined ? (value ?? "") : JSON.stringify(value);
}
