import type {
  Citation,
  ContentBlock,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
} from "../../conversation/types.ts";
import type { DialectAnswer } from "../dialect.ts";
import { throwIfFailed } from "../parts/native-error.ts";
import { objectIn, objectsIn, stopReasonOf, textIn } from "../parts/read-native.ts";
import { createTextEvents } from "../parts/text-events.ts";

export function toCohereAnswer(body: JsonObject): DialectAnswer | undefined {
  const text = textIn(body, "text");
  const reason = textIn(body, "finish_reason");
  if (text === undefined && reason === undefined) return undefined;
  const calls = objectsIn(body, "tool_calls");
  return {
    content: [
      ...toWords(text ?? "", objectsIn(body, "citations").map(toCitation)),
      ...calls.map((call, index) => ({ toolUse: { ...toCall(call, index), input: inputOf(call) } })),
    ],
    stopReason: toStop(reason, calls.length > 0),
  };
}

function toWords(text: string, citations: Citation[]): ContentBlock[] {
  if (text === "") return [];
  return [citations.length > 0 ? { citationsContent: { content: [{ text }], citations } } : { text }];
}

const STOPS: Readonly<Record<string, StopReason>> = {
  complete: "end_turn",
  max_tokens: "max_tokens",
  stop_sequence: "stop_sequence",
  error_limit: "model_context_window_exceeded",
  error_toxic: "content_filtered",
  error: "malformed_model_output",
};

function toStop(reason: string | undefined, callsTools: boolean): StopReason {
  const stop = stopReasonOf(reason, STOPS) ?? "end_turn";
  return callsTools && stop === "end_turn" ? "tool_use" : stop;
}

/** Calls have no ids there. */
const toCall = (call: JsonObject, index: number): { toolUseId: string; name: string } => ({
  toolUseId: `call_${index}`,
  name: textIn(call, "name") ?? "",
});

const inputOf = (call: JsonObject): JsonObject => objectIn(call, "parameters") ?? {};

function toCitation(citation: JsonObject): Citation {
  const ids = citation["document_ids"];
  return {
    ...(Array.isArray(ids) && ids.length > 0 && { title: ids.join(", ") }),
    sourceContent: [{ text: textIn(citation, "text") ?? "" }],
  };
}

/** Chunks have an `event_type`; a call comes whole. */
export function createCohereReader(): (chunk: JsonObject) => ConverseStreamEvent[] {
  const events = createTextEvents();
  let count = 0;

  const callAll = (calls: readonly JsonObject[]): ConverseStreamEvent[] =>
    calls.flatMap((call) => {
      const key = count;
      count += 1;
      return [...events.call(key, toCall(call, key)), ...events.input(key, JSON.stringify(inputOf(call)))];
    });

  const readers: Readonly<Record<string, (chunk: JsonObject) => ConverseStreamEvent[]>> = {
    "stream-start": () => events.add([]),
    "text-generation": (chunk) => events.add([{ kind: "text", text: textIn(chunk, "text") ?? "" }]),
    "citation-generation": (chunk) =>
      objectsIn(chunk, "citations").flatMap((citation) => events.cite(toCitation(citation))),
    "tool-calls-generation": (chunk) => callAll(objectsIn(chunk, "tool_calls")),
    "stream-end": (chunk) => events.stop(toStop(textIn(chunk, "finish_reason"), count > 0)),
  };

  return (chunk) => {
    throwIfFailed(chunk);
    const type = textIn(chunk, "event_type") ?? "";
    return Object.hasOwn(readers, type) ? readers[type]!(chunk) : [];
  };
}
