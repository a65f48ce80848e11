import type { ContentBlockDelta, ToolUse } from "../../../conversation/types.ts";
import type { ItemStatus, OutputItem } from "../../../openai/responses/response.ts";
import { callId } from "../../reply/call-id.ts";
import type { ResponseForm } from "../form.ts";
import { type Call, CALL_ITEMS, type CallWriter, createCall, isTold } from "./calls.ts";
import { createItemList, type Slot } from "./item-list.ts";
import { createMessage } from "./message.ts";
import { createReasoning, isThought, type SealThoughts } from "./reasoning.ts";
import type { ItemWriter, Write } from "./slot.ts";

/** The blocks of an answer as items. */
export interface Output {
  delta(block: number, delta: ContentBlockDelta): void;
  call(block: number, call: Pick<ToolUse, "toolUseId" | "name">): void;
  /** The block is complete. */
  stop(block: number): void;
  /** Tells what is left. @param last How the last item ended. */
  close(last: ItemStatus): void;
  /** As far as they have come. */
  items(): OutputItem[];
}

export interface OutputOptions {
  form: ResponseForm;
  newId(prefix: string): string;
  seal: SealThoughts;
  /** Of calls of OpenAI's own tools; further ones are not told. */
  maxToolCalls: number | undefined;
}

export function createOutput(write: Write, options: OutputOptions): Output {
  const { form, newId, seal, maxToolCalls = Number.POSITIVE_INFINITY } = options;
  const list = createItemList(write, newId);
  const messages = pieces(list.last, () => list.add("message", (place) => createMessage(place, write)));
  const thoughts = pieces(list.last, () =>
    list.add("reasoning", (place) => createReasoning(place, write, seal)),
  );
  const calls = new Map<number, Slot<CallWriter>>();
  /** Calls that are told when they are complete. */
  const waiting = new Map<number, { call: Call; json: string }>();
  let called = 0;
  let ownCalls = 0;

  const tell = (call: Call, json = ""): Slot<CallWriter> =>
    list.add(CALL_ITEMS[call.tool.kind], (place) => createCall(place, call, write, json));

  const stop = (block: number): void => {
    messages.at(block)?.writer.stop(block);
    thoughts.at(block)?.writer.stop(block);
    messages.stop(block);
    thoughts.stop(block);
    calls.get(block)?.open.clear();
    calls.delete(block);
    const whole = waiting.get(block);
    waiting.delete(block);
    if (whole) tell(whole.call, whole.json);
  };

  return {
    delta(block, { text, citation, toolUse, reasoningContent }) {
      if (text) messages.of(block).writer.text(block, text);
      else if (citation) messages.of(block).writer.cite(block, citation);
      else if (reasoningContent && isThought(reasoningContent))
        thoughts.of(block).writer.think(block, reasoningContent);
      else if (toolUse?.input) {
        const whole = waiting.get(block);
        if (whole) whole.json += toolUse.input;
        else calls.get(block)?.writer.push(toolUse.input);
      }
    },
    call(block, { toolUseId, name }) {
      // A block that begins a second time is another one.
      stop(block);
      const tool = form.tools.get(name) ?? { kind: "function", name };
      const call: Call = { call_id: callId(toolUseId, called), tool };
      called += 1;
      if (isTold(tool)) {
        const slot = tell(call);
        slot.open.add(block);
        calls.set(block, slot);
      } else if (ownCalls < maxToolCalls) {
        ownCalls += 1;
        waiting.set(block, { call, json: "" });
      }
    },
    stop,
    close(last) {
      for (const block of waiting.keys()) stop(block);
      // Clients look for words where nothing is to be done.
      if (list.last() === undefined && last === "completed") messages.of(0);
      list.close(last);
    },
    items: list.items,
  };
}

interface Pieces<Writer extends ItemWriter> {
  /** The item that a block is a piece of: its own, the last one of all where that is of the kind, or a new one. */
  of(block: number): Slot<Writer>;
  at(block: number): Slot<Writer> | undefined;
  stop(block: number): void;
}

function pieces<Writer extends ItemWriter>(
  last: () => Slot | undefined,
  begin: () => Slot<Writer>,
): Pieces<Writer> {
  const known = new Map<number, Slot<Writer>>();
  let latest: Slot<Writer> | undefined;
  return {
    of(block) {
      const own = known.get(block);
      if (own) return own;
      if (latest === undefined || last() !== latest) latest = begin();
      latest.open.add(block);
      known.set(block, latest);
      return latest;
    },
    at: (block) => known.get(block),
    stop(block) {
      known.get(block)?.open.delete(block);
      known.delete(block);
    },
  };
}
