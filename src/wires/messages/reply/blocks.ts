import type { BlockDelta, ReplyBlock } from "../../../anthropic/response.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import { joinReasoning } from "../../../conversation/reasoning/join.ts";
import { isServerTool } from "../../../conversation/server-tools.ts";
import type {
  ContentBlockDelta,
  ConverseStreamEvent,
  ReasoningContent,
} from "../../../conversation/types.ts";
import { callId } from "../../reply/call-id.ts";
import { type BlockEvent, createBlockOrder } from "./block-order.ts";
import { toCitation } from "./citations.ts";

/** The blocks of a streamed answer, in Anthropic's events. */
export interface Blocks {
  push(event: ConverseStreamEvent): void;
  /** Closes what is still open. */
  end(): void;
  /** The answer broke off: tells what waits, as far as no call that was cut off would have to be ended for it. */
  breakOff(): void;
  callsTools(): boolean;
}

type Kind = "text" | "thinking" | "tool_use";

interface Open {
  index: number;
  kind: Kind;
  /** The arguments of a call, as far as they have come. */
  json: string;
}

const EMPTY: Readonly<Record<"text" | "thinking", () => ReplyBlock>> = {
  text: () => ({ type: "text", text: "" }),
  thinking: () => ({ type: "thinking", thinking: "", signature: "" }),
};

/**
 * Bedrock opens only the blocks of calls, and not every model closes what it opened: text and thoughts end where another
 * block begins, and so does a call whose arguments are whole. What begins beside another call waits until that has ended. Indexes
 * are those of what is told, without gaps.
 */
export function createBlocks(tellInOrder: (event: BlockEvent) => void): Blocks {
  const { tell, holds } = createBlockOrder(tellInOrder);
  const open = new Map<number, Open>();
  /** Hidden thoughts, which are told in one piece. */
  const hidden = new Map<number, ReasoningContent>();
  let next = 0;
  let calls = 0;

  const begin = (content_block: ReplyBlock): number => {
    const index = next;
    next += 1;
    tell({ type: "content_block_start", index, content_block });
    return index;
  };
  const stop = (index: number): void => tell({ type: "content_block_stop", index });

  const close = (block: number): void => {
    const known = open.get(block);
    const data = hidden.get(block)?.redactedContent;
    open.delete(block);
    hidden.delete(block);
    if (known) stop(known.index);
    if (data !== undefined) stop(begin({ type: "redacted_thinking", data }));
  };
  /** The arguments of calls may come between those of others. */
  const closeOthers = (block: number): void => {
    for (const [each, known] of open) if (each !== block && isComplete(known)) close(each);
    for (const each of hidden.keys()) if (each !== block) close(each);
  };

  const at = (block: number, kind: keyof typeof EMPTY): number => {
    const known = open.get(block);
    if (known?.kind === kind) return known.index;
    closeOthers(block);
    close(block);
    const index = begin(EMPTY[kind]());
    open.set(block, { index, kind, json: "" });
    return index;
  };
  const add = (index: number, delta: BlockDelta): void => tell({ type: "content_block_delta", index, delta });

  const call = (block: number, toolUseId: string, name: string): void => {
    closeOthers(block);
    // A block that begins a second time is another one.
    close(block);
    const id = callId(toolUseId, calls);
    calls += 1;
    const index = begin({ type: "tool_use", id, name, input: {}, caller: { type: "direct" } });
    open.set(block, { index, kind: "tool_use", json: "" });
  };

  const think = (block: number, part: NonNullable<ContentBlockDelta["reasoningContent"]>): void => {
    if (part.redactedContent !== undefined) {
      closeOthers(block);
      hidden.set(block, joinReasoning(hidden.get(block), part));
      return;
    }
    if (part.text) add(at(block, "thinking"), { type: "thinking_delta", thinking: part.text });
    if (part.signature) add(at(block, "thinking"), { type: "signature_delta", signature: part.signature });
  };

  const delta = (block: number, part: ContentBlockDelta): void => {
    if (part.text) return add(at(block, "text"), { type: "text_delta", text: part.text });
    const known = open.get(block);
    if (part.toolUse?.input && known?.kind === "tool_use") {
      known.json += part.toolUse.input;
      return add(known.index, { type: "input_json_delta", partial_json: part.toolUse.input });
    }
    const citation = part.citation && toCitation(part.citation);
    if (citation) return add(at(block, "text"), { type: "citations_delta", citation });
    if (part.reasoningContent) think(block, part.reasoningContent);
  };

  return {
    push({ contentBlockStart: start, contentBlockDelta: piece, contentBlockStop }) {
      const tool = start?.start?.toolUse;
      if (piece) delta(piece.contentBlockIndex, piece.delta);
      else if (start && tool && !isServerTool(tool)) call(start.contentBlockIndex, tool.toolUseId, tool.name);
      else if (contentBlockStop) close(contentBlockStop.contentBlockIndex);
    },
    end() {
      for (const block of new Set([...open.keys(), ...hidden.keys()])) close(block);
    },
    breakOff() {
      for (const [block, known] of open) {
        if (!holds() || !isComplete(known)) return;
        close(block);
      }
    },
    callsTools: () => calls > 0,
  };
}

/** Nothing more can come of it. */
const isComplete = ({ kind, json }: Open): boolean => kind !== "tool_use" || isWhole(json);

/** An object that is closed; most that are not are told by their last character. */
function isWhole(json: string): boolean {
  if (!json.trimEnd().endsWith("}")) return false;
  try {
    return isObject(JSON.parse(json));
  } catch {
    return false;
  }
}
