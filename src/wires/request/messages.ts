import type { ContentBlock, Message, SystemBlock, ToolUse } from "../../conversation/types.ts";
import type { CacheMarks } from "../../openai/cache-marks.ts";
import type { AssistantMessage, ChatMessage, ToolCall, ToolMessage } from "../../openai/chat-messages.ts";
import type { Told } from "./anthropic-parts.ts";
import { withCachePoint } from "./cache-marks.ts";
import { parseArguments } from "./arguments.ts";
import { decodeToolContent, decodeUserContent, guarded } from "./content.ts";
import { decodeReasoning, isThinking, toReasoning } from "./reasoning.ts";
import type { Decoding } from "./decoding.ts";
import { checkToolPairing } from "./tool-pairing.ts";

export interface DecodedMessages {
  messages: Message[];
  system: SystemBlock[];
}

/**
 * Messages one by one, each a turn of its own; instructions before the first of them are the system prompt.
 * @param check Whether every call has its result, in the words of the wire.
 * @throws BedrockOpenAIError 400 naming what cannot be sent.
 */
export function decodeMessages(
  told: readonly Told[],
  decoding: Decoding,
  check: (told: readonly Told[]) => void = checkToolPairing,
): DecodedMessages {
  check(told);
  const decoded: DecodedMessages = { messages: [], system: [] };
  for (const each of told) {
    const { message } = each;
    const turn = decodeMessage(each, decoding);
    noteSilent(message, decoding);
    turn.content = withCachePoint(turn.content, message, decoding);
    if (turn.role === "system" && decoded.messages.length === 0)
      for (const block of turn.content) decoded.system.push(block as SystemBlock);
    else decoded.messages.push(turn);
  }
  return decoded;
}

function decodeMessage({ message, at, parts = `${at}.content` }: Told, decoding: Decoding): Message {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: decodeInstructions(message.content, decoding) };
    case "user":
      return { role: "user", content: decodeUserContent(message.content, parts, decoding) };
    case "assistant":
      return { role: "assistant", content: decodeAssistant(message, at, decoding) };
    case "tool":
      return { role: "user", content: decodeToolResult(message, parts, decoding) };
    case "function":
      // Made a tool message before it came here.
      return { role: "user", content: [{ text: message.content ?? "" }] };
  }
}

/** What OpenAI's messages may hold and Bedrock's cannot. */
function noteSilent(message: ChatMessage, decoding: Decoding): void {
  if (message.role !== "tool" && message["name"] != null)
    decoding.noteOnce("messages", "dropped", "Names of participants are not sent.");
  if (message.role === "assistant" && message["audio"] != null)
    decoding.noteOnce("messages", "dropped", "Earlier spoken answers are not sent.");
}

type Instructions = Extract<ChatMessage, { role: "system" }>["content"];

function decodeInstructions(content: Instructions, decoding: Decoding): ContentBlock[] {
  if (typeof content === "string") return [{ text: content }];
  return content.flatMap((part) =>
    withCachePoint(
      [part.type === "text" ? { text: part.text } : { guardContent: guarded(part.type, part.text) }],
      part,
      decoding,
    ),
  );
}

function decodeAssistant(message: AssistantMessage, at: string, decoding: Decoding): ContentBlock[] {
  const calls = (message.tool_calls ?? []).flatMap((call, index) =>
    withCachePoint(
      [{ toolUse: decodeToolCall(call, `${at}.tool_calls[${index}].function.arguments`, decoding) }],
      call as CacheMarks,
      decoding,
    ),
  );
  return [...decodeReasoning(message), ...decodeAssistantParts(message, at, decoding), ...calls];
}

/** Text, and thoughts between it where they stand between it. */
function decodeAssistantParts(message: AssistantMessage, at: string, decoding: Decoding): ContentBlock[] {
  if (typeof message.content === "string") return [{ text: message.content }];
  const parts = message.content ?? [];
  if (parts.length === 0 && message.refusal) return [{ text: message.refusal }];
  return parts.flatMap((part, index) => {
    const text = part.text ?? part.refusal;
    if (text != null && SAID.has(part.type)) return withCachePoint([{ text }], part, decoding);
    if (isThinking(part)) return toReasoning(part);
    const reason = `Assistant parts of type '${part.type.slice(0, 64)}' are not sent.`;
    decoding.note(`${at}.content[${index}]`, "dropped", reason);
    return [];
  });
}

const SAID: ReadonlySet<string> = new Set(["text", "refusal", "output_text"]);

function decodeToolCall(call: ToolCall, param: string, decoding: Decoding): ToolUse {
  if (call.type === "custom") {
    return { toolUseId: call.id, name: call.custom.name, input: { input: call.custom.input } };
  }
  const { name, arguments: text } = call.function;
  return { toolUseId: call.id, name, input: parseArguments(text ?? "", param, decoding.adjustments) };
}

/** OpenAI's protocol has no word for it; Anthropic's and LangChain's do. */
const hasFailed = (message: ToolMessage): boolean =>
  message["is_error"] === true || message["status"] === "error";

/** A mark on a part of the result caches the whole result: there is no smaller unit. */
function decodeToolResult(message: ToolMessage, parts: string, decoding: Decoding): ContentBlock[] {
  const marked = Array.isArray(message.content)
    ? message.content.findLast((part) => part.cache_control ?? part.prompt_cache_breakpoint)
    : undefined;
  const result: ContentBlock = {
    toolResult: {
      toolUseId: message.tool_call_id,
      content: decodeToolContent(message.content, parts, decoding),
      ...(hasFailed(message) && { status: "error" }),
    },
  };
  return marked ? withCachePoint([result], marked, decoding) : [result];
}
