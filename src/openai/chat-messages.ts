import * as z from "../schema/z.ts";
import { cacheMarks } from "./cache-marks.ts";
import { assistantPart, guardedPart, textPart, toolPart, userPart } from "./chat-parts.ts";
import { listOf } from "./list-of.ts";

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

const systemContent = z.union([z.string(), listOf(z.discriminatedUnion("type", [textPart, guardedPart]))]);

export const message = z.discriminatedUnion("role", [
  z.looseObject({ role: z.literal("system"), content: systemContent, ...cacheMarks }),
  z.looseObject({ role: z.literal("developer"), content: systemContent, ...cacheMarks }),
  z.looseObject({ role: z.literal("user"), content: z.union([z.string(), listOf(userPart)]), ...cacheMarks }),
  z.looseObject({
    role: z.literal("assistant"),
    content: z.union([z.string(), listOf(assistantPart)]).nullish(),
    refusal: z.string().nullish(),
    tool_calls: listOf(toolCall).nullish(),
    function_call: z.looseObject({ name: z.string().min(1), arguments: z.string().nullish() }).nullish(),
    ...cacheMarks,
  }),
  z.looseObject({
    role: z.literal("tool"),
    tool_call_id: z.string().min(1),
    content: z.union([z.string(), listOf(toolPart)]).nullish(),
    ...cacheMarks,
  }),
  z.looseObject({
    role: z.literal("function"),
    name: z.string().min(1),
    content: z.string().nullish(),
    ...cacheMarks,
  }),
]);

export type ChatMessage = z.output<typeof message>;
export type UserMessage = Extract<ChatMessage, { role: "user" }>;
export type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>;
export type ToolMessage = Extract<ChatMessage, { role: "tool" }>;
export type ToolCall = z.output<typeof toolCall>;
