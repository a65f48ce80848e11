import type { ConverseRequest, JsonObject, RequestBlock, RequestMessage, ToolConfig } from "../family.ts";
import { readDataUrl } from "../images.ts";
import { joinTurns } from "../turns.ts";
import { schemaOfFormat, textFormat } from "./text-format.ts";

interface Part {
  type: "text" | "image_url" | "input_audio";
  text: string;
  image_url: { url: string };
  input_audio: { data: string; format: "wav" | "mp3" };
}

interface OpenAiMessage {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  content?: string | Part[] | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[] | null;
  tool_call_id?: string;
}

/** A body that fits `openAiChatBody`, or a smaller one of its kind. */
export interface OpenAiBody extends JsonObject {
  messages: OpenAiMessage[];
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  top_p?: number;
  stop?: string | string[];
  tools?: { function: { name: string; description?: string; parameters?: JsonObject } }[];
  tool_choice?: string | { function: { name: string } };
  parallel_tool_calls?: boolean;
  reasoning_effort?: string;
  response_format?: JsonObject;
}

/** An OpenAI-shaped body in Converse's words. */
export function readOpenAi(native: JsonObject): ConverseRequest {
  const body = native as OpenAiBody;
  const { temperature, top_p: topP, stop, reasoning_effort: effort } = body;
  const maxTokens = body.max_completion_tokens ?? body.max_tokens;
  const system = body.messages.filter(isInstruction).flatMap(({ content }) => readContent(content));
  const toolConfig = readTools(body);
  const fields = {
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(body.parallel_tool_calls === false && { tool_choice: { disable_parallel_tool_use: true } }),
  };
  return {
    messages: joinTurns(body.messages.filter((message) => !isInstruction(message)).map(readMessage)),
    ...(system.length > 0 && { system }),
    inferenceConfig: {
      ...(maxTokens !== undefined && { maxTokens }),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(stop !== undefined && { stopSequences: [stop].flat() }),
    },
    ...(toolConfig && { toolConfig }),
    ...textFormat(schemaOfFormat(body.response_format)),
    additionalModelRequestFields: fields,
  };
}

function isInstruction({ role }: OpenAiMessage): boolean {
  return role === "system" || role === "developer";
}

function readMessage(message: OpenAiMessage): RequestMessage {
  const { role, content, tool_calls: calls, tool_call_id: id = "" } = message;
  if (role === "tool") {
    const read = readContent(content).flatMap(({ text = "" }) => ({ text }));
    return { role: "user", content: [{ toolResult: { toolUseId: id, content: read } }] };
  }
  const toolUses = (calls ?? []).map(({ id: toolUseId, function: { name, arguments: json } }) => ({
    toolUse: { toolUseId, name, input: parseArguments(json) },
  }));
  return {
    role: role === "assistant" ? "assistant" : "user",
    content: [...readContent(content), ...toolUses],
  };
}

function readContent(content: string | Part[] | null | undefined): RequestBlock[] {
  if (typeof content === "string") return content === "" ? [] : [{ text: content }];
  return (content ?? []).map((part) => {
    if (part.type === "image_url") return { image: readDataUrl(part.image_url.url) };
    if (part.type === "text") return { text: part.text };
    const { format, data: bytes } = part.input_audio;
    return { audio: { format, source: { bytes } } };
  });
}

function readTools({ tools = [], tool_choice: choice = "auto" }: OpenAiBody): ToolConfig | undefined {
  if (tools.length === 0 || choice === "none") return undefined;
  return {
    tools: tools.map(({ function: { name, description, parameters: json = { type: "object" } } }) => ({
      toolSpec: { name, ...(description !== undefined && { description }), inputSchema: { json } },
    })),
    toolChoice: readChoice(choice),
  };
}

function readChoice(choice: string | { function: { name: string } }): NonNullable<ToolConfig["toolChoice"]> {
  if (typeof choice !== "string") return { tool: { name: choice.function.name } };
  return choice === "required" || choice === "any" ? { any: {} } : { auto: {} };
}

function parseArguments(json: string): JsonObject {
  try {
    return JSON.parse(json) as JsonObject;
  } catch {
    return {};
  }
}
