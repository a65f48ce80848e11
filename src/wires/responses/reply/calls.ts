import type { OutputItem } from "../../../openai/responses/response.ts";
import { customText } from "../../reply/custom-text.ts";
import type { OfferedTool } from "../form.ts";
import { shellItem } from "./shell-items.ts";
import type { ItemWriter, Place, Write } from "./slot.ts";
import { createTextInJson } from "./text-in-json.ts";

export interface CallWriter extends ItemWriter {
  /** The next piece of the arguments' JSON. */
  push(json: string): void;
}

export interface Call {
  call_id: string;
  tool: OfferedTool;
}

type CreateCall = (place: Place, call: Call, write: Write) => CallWriter;

/** The kind of item that the calls of each kind of tool are told in. */
export const CALL_ITEMS: Readonly<Record<OfferedTool["kind"], string>> = {
  function: "function_call",
  custom: "custom_tool_call",
  local_shell: "local_shell_call",
  shell: "shell_call",
  apply_patch: "apply_patch_call",
};

/** Calls that are told as a whole. */
export const isTold = ({ kind }: OfferedTool): boolean => kind === "function" || kind === "custom";

/** @param json All arguments, of a call that is told as a whole. */
export function createCall(place: Place, call: Call, write: Write, json = ""): CallWriter {
  const { kind } = call.tool;
  const create = kind === "function" ? functionCall : kind === "custom" ? customCall : wholeCall(json);
  return create(place, call, write);
}

const named = ({ call_id, tool: { name, namespace } }: Call): object => ({
  call_id,
  name,
  ...(namespace !== undefined && { namespace }),
});

const added = (write: Write, { output_index }: Place, item: OutputItem): void =>
  write({ type: "response.output_item.added", output_index, item });

/** A call without arguments is told with empty ones: clients parse what they get. */
const functionCall: CreateCall = (place, call, write) => {
  let json = "";
  const item: CallWriter["item"] = (status) => ({
    id: place.item_id,
    type: "function_call",
    ...named(call),
    arguments: json,
    status,
  });
  const push = (delta: string): void => {
    json += delta;
    write({ type: "response.function_call_arguments.delta", ...place, delta });
  };
  added(write, place, item("in_progress"));
  return {
    item,
    push,
    close() {
      if (json === "") push("{}");
      const { name } = call.tool;
      write({ type: "response.function_call_arguments.done", ...place, name, arguments: json });
    },
  };
};

/** The free text lies inside JSON: it is told as far as it can be read. */
const customCall: CreateCall = (place, call, write) => {
  const read = createTextInJson();
  let json = "";
  let input = "";
  const item: CallWriter["item"] = (status) => ({
    id: place.item_id,
    type: "custom_tool_call",
    ...named(call),
    input,
    status,
  });
  const say = (delta: string): void => {
    input += delta;
    if (delta !== "") write({ type: "response.custom_tool_call_input.delta", ...place, delta });
  };
  added(write, place, item("in_progress"));
  return {
    item,
    push(piece) {
      json += piece;
      say(read(piece));
    },
    close() {
      const whole = customText(json);
      // What was told stays told.
      if (whole.startsWith(input)) say(whole.slice(input.length));
      write({ type: "response.custom_tool_call_input.done", ...place, input });
    },
  };
};

/** What is to be done is told at once, when all of it is known: clients read it off the item. */
const wholeCall =
  (json: string): CreateCall =>
  (place, { call_id, tool: { kind } }, write) => {
    const item: CallWriter["item"] = (status) => ({
      id: place.item_id,
      call_id,
      ...shellItem(kind, json),
      // OpenAI has no other word for a patch that was cut short.
      status: kind === "apply_patch" && status === "incomplete" ? "in_progress" : status,
    });
    added(write, place, item("in_progress"));
    return { item, push: () => undefined, close: () => undefined };
  };
