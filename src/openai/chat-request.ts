import * as z from "zod";
import { listOf } from "./list-of.ts";

/**
 * The chat completions request, as OpenAI's API reference defines it. Unknown keys pass: compatible clients send
 * many. `null` means "not given" wherever OpenAI accepts it.
 */

/** AWS counts tokens in 32 bits. */
const MAX_INT = 2_147_483_647;

/** Any object: what JSON.parse made needs no second look inside. */
const jsonObject = z.looseObject({});

const textPart = z.looseObject({ type: z.literal("text"), text: z.string() });

const imagePart = z.looseObject({
  type: z.literal("image_url"),
  image_url: z.union([z.string(), z.looseObject({ url: z.string(), detail: z.string().nullish() })]),
});

const userPart = z.discriminatedUnion("type", [
  textPart,
  imagePart,
  z.looseObject({ type: z.literal("input_audio") }),
  z.looseObject({ type: z.literal("file") }),
  z.looseObject({ type: z.literal("video_url") }),
]);

/** History may come from other providers: what is not text is left to the decoder. */
const assistantPart = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  refusal: z.string().optional(),
});

const functionCall = z.looseObject({
  id: z.string().min(1),
  type: z.literal("function").nullish(),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string().nullish() }),
});

const customCall = z.looseObject({
  id: z.string().min(1),
  type: z.literal("custom"),
  custom: z.looseObject({ name: z.string().min(1), input: z.string() }),
});

const toolCall = z.union([functionCall, customCall]);

const systemContent = z.union([z.string(), listOf(textPart)]);

const message = z.discriminatedUnion("role", [
  z.looseObject({ role: z.literal("system"), content: systemContent }),
  z.looseObject({ role: z.literal("developer"), content: systemContent }),
  z.looseObject({ role: z.literal("user"), content: z.union([z.string(), listOf(userPart)]) }),
  z.looseObject({
    role: z.literal("assistant"),
    content: z.union([z.string(), listOf(assistantPart)]).nullish(),
    refusal: z.string().nullish(),
    tool_calls: listOf(toolCall).nullish(),
  }),
  z.looseObject({
    role: z.literal("tool"),
    tool_call_id: z.string().min(1),
    content: z.union([z.string(), listOf(textPart)]).nullish(),
  }),
]);

/** OpenAI's own pattern for function names is narrower; what Bedrock refuses is renamed, not rejected. */
const functionTool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string().min(1),
    description: z.string().nullish(),
    parameters: jsonObject.nullish(),
    strict: z.boolean().nullish(),
  }),
});

const notAFunction = z.looseObject({
  type: z.string().refine((type) => type !== "function", { abort: true }),
});

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string().min(1) }) }),
  notAFunction,
]);

const responseFormat = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({
      name: z.string().min(1),
      description: z.string().nullish(),
      schema: jsonObject.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

export const chatRequestShape = z.object({
  model: z.string().min(1),
  messages: listOf(message, 1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_completion_tokens: z.int().min(1).max(MAX_INT).nullish(),
  max_tokens: z.int().min(1).max(MAX_INT).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  n: z.int().min(1).max(128).nullish(),
  tools: z
    .array(z.union([functionTool, notAFunction]))
    .max(128)
    .nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormat.nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  guardrailConfig: jsonObject.nullish(),
  performanceConfig: jsonObject.nullish(),
  serviceTier: jsonObject.nullish(),
  requestMetadata: z.record(z.string(), z.string()).nullish(),
  additionalModelRequestFields: jsonObject.nullish(),
  additionalModelResponseFieldPaths: z.array(z.string()).nullish(),
});

export const chatRequest = chatRequestShape.loose();

export type ChatRequest = z.output<typeof chatRequest>;
export type ChatMessage = ChatRequest["messages"][number];
export type UserMessage = Extract<ChatMessage, { role: "user" }>;
export type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>;
export type ToolMessage = Extract<ChatMessage, { role: "tool" }>;
export type UserPart = z.output<typeof userPart>;
export type ChatTool = NonNullable<ChatRequest["tools"]>[number];
export type FunctionTool = z.output<typeof functionTool>;
export type ToolCall = z.output<typeof toolCall>;
