import type { ChatDelta } from "../../../openai/chat-response.ts";
import { customText } from "../../reply/custom-text.ts";
import type { ReplyForm } from "./form.ts";

/** The deltas of one tool call, in the form that the caller asked in. */
export interface CallWriter {
  start: ChatDelta | undefined;
  /** The next piece of the arguments' JSON. */
  push(json: string): ChatDelta | undefined;
  /** What is left to say when the call is complete; nothing the second time. */
  end(): ChatDelta | undefined;
}

export function createCallWriter(index: number, id: string, name: string, form: ReplyForm): CallWriter {
  if (form.functions && index > 0) return SILENT;
  if (form.customTools.has(name)) return customCall(index, id, name);
  return form.functions ? functionCall(name) : toolCall(index, id, name);
}

/** A call without arguments is told with empty ones: clients parse what they get. */
function pieces(toDelta: (json: string) => ChatDelta): Pick<CallWriter, "push" | "end"> {
  let hasArguments = false;
  const push = (json: string): ChatDelta => {
    hasArguments = true;
    return toDelta(json);
  };
  return { push, end: () => (hasArguments ? undefined : push("{}")) };
}

const toolCall = (index: number, id: string, name: string): CallWriter => ({
  start: { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] },
  ...pieces((json) => ({ tool_calls: [{ index, function: { arguments: json } }] })),
});

/** In the words of old there is one call in an answer. */
const SILENT: CallWriter = { start: undefined, push: () => undefined, end: () => undefined };

const functionCall = (name: string): CallWriter => ({
  start: { function_call: { name, arguments: "" } },
  ...pieces((json) => ({ function_call: { arguments: json } })),
});

/** The free text lies inside JSON, so it is told when that is complete. */
function customCall(index: number, id: string, name: string): CallWriter {
  let json = "";
  let ended = false;
  return {
    start: { tool_calls: [{ index, id, type: "custom", custom: { name, input: "" } }] },
    push: (piece) => {
      json += piece;
      return undefined;
    },
    end: () => {
      if (ended) return undefined;
      ended = true;
      return { tool_calls: [{ index, custom: { input: customText(json) } }] };
    },
  };
}
