import type {
  ContentBlockDelta,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
} from "../../conversation/types.ts";
import { toAnthropicStop, toAnthropicUsage } from "./anthropic-answer.ts";
import { toCitation } from "./anthropic-citations.ts";
import { throwIfFailed } from "../parts/native-error.ts";
import { countIn, objectIn, rowOf, textIn } from "../parts/read-native.ts";

/**
 * Anthropic's events as Converse's: blocks keep their numbers, and one that nothing came of is not told of.
 * Source: Anthropic's API reference, Streaming messages.
 */
export function createAnthropicReader(): (chunk: JsonObject) => ConverseStreamEvent[] {
  /** The blocks that Converse has too, and whether anything was told of them. */
  const blocks = new Map<number, { isOpen: boolean }>();
  let usage: JsonObject = {};
  let stopReason: StopReason | undefined;

  const tell = (contentBlockIndex: number, parts: readonly ContentBlockDelta[]): ConverseStreamEvent[] => {
    const block = blocks.get(contentBlockIndex);
    if (!block || parts.length === 0) return [];
    block.isOpen = true;
    return parts.map((delta) => ({ contentBlockDelta: { contentBlockIndex, delta } }));
  };

  const events: Readonly<Record<string, (chunk: JsonObject, index: number) => ConverseStreamEvent[]>> = {
    message_start(chunk) {
      usage = objectIn(objectIn(chunk, "message"), "usage") ?? {};
      return [{ messageStart: { role: "assistant" } }];
    },
    content_block_start(chunk, index) {
      const block = objectIn(chunk, "content_block") ?? {};
      const begin = rowOf(BEGINNINGS, textIn(block, "type"));
      const isTool = block["type"] === "tool_use";
      if (!begin && !isTool) return [];
      blocks.set(index, { isOpen: isTool });
      return isTool ? [startTool(index, block)] : tell(index, begin?.(block) ?? []);
    },
    content_block_delta(chunk, index) {
      const delta = objectIn(chunk, "delta") ?? {};
      return tell(index, rowOf(DELTAS, textIn(delta, "type"))?.(delta) ?? []);
    },
    content_block_stop(_, contentBlockIndex) {
      const isOpen = blocks.get(contentBlockIndex)?.isOpen;
      blocks.delete(contentBlockIndex);
      return isOpen ? [{ contentBlockStop: { contentBlockIndex } }] : [];
    },
    message_delta(chunk) {
      stopReason = toAnthropicStop(textIn(objectIn(chunk, "delta"), "stop_reason")) ?? stopReason;
      usage = { ...usage, ...counted(objectIn(chunk, "usage") ?? {}) };
      return [];
    },
    message_stop: () => [
      { messageStop: { stopReason: stopReason ?? "end_turn" } },
      { metadata: { usage: toAnthropicUsage(usage) } },
    ],
  };

  return (chunk) => {
    throwIfFailed(chunk);
    return rowOf(events, textIn(chunk, "type"))?.(chunk, countIn(chunk, "index") ?? 0) ?? [];
  };
}

const startTool = (contentBlockIndex: number, { id, name }: JsonObject): ConverseStreamEvent => ({
  contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: String(id), name: String(name) } } },
});

/** Counts are those so far: one that is not told anew stays. */
const counted = (usage: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== null));

type ToDeltas = (part: JsonObject) => ContentBlockDelta[];

/** A delta of a member that has something in it. */
const piece =
  (member: string, toDelta: (text: string) => ContentBlockDelta): ToDeltas =>
  (part) => {
    const text = textIn(part, member);
    return text ? [toDelta(text)] : [];
  };

const said = piece("text", (text) => ({ text }));
const thought = piece("thinking", (text) => ({ reasoningContent: { text } }));

/** What a block may begin with. */
const BEGINNINGS: Readonly<Record<string, ToDeltas>> = {
  text: said,
  thinking: thought,
  redacted_thinking: piece("data", (redactedContent) => ({ reasoningContent: { redactedContent } })),
};

const DELTAS: Readonly<Record<string, ToDeltas>> = {
  text_delta: said,
  thinking_delta: thought,
  signature_delta: piece("signature", (signature) => ({ reasoningContent: { signature } })),
  input_json_delta: piece("partial_json", (input) => ({ toolUse: { input } })),
  citations_delta: (part) => {
    const citation = objectIn(part, "citation");
    return citation ? [{ citation: toCitation(citation) }] : [];
  },
};
