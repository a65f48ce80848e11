import type { ContentBlock, Conversation, JsonObject, Message, ToolUse } from "../conversation/types.ts";
import { EARLY_CHAT_BODY } from "./parts/chat-traits.ts";
import { createCohereReader, toCohereAnswer } from "./cohere/cohere-answer.ts";
import { toCohereTool } from "./cohere/cohere-tools.ts";
import type { Dialect } from "./dialect.ts";
import { given, withNativeFields } from "./parts/native-fields.ts";
import { allWordsOf, said } from "./parts/words.ts";

/** The chat body of Command R: a message, what was said before, and results. Source: AWS, Cohere Command R. */
export const cohereCommandR: Dialect = {
  name: "cohere-command-r",
  traits: {
    ...EARLY_CHAT_BODY,
    images: false,
    documents: false,
    topK: "k",
    maxOutputTokens: 4000,
    nativeSampling: ["seed", "frequency_penalty", "presence_penalty"],
    nativeFields: [
      "documents",
      "search_queries_only",
      "prompt_truncation",
      "return_prompt",
      "raw_prompting",
      "force_single_step",
    ],
    toolChoice: [],
    prefill: false,
  },
  toBody,
  toAnswer: toCohereAnswer,
  createReader: createCohereReader,
};

function toBody(conversation: Conversation): JsonObject {
  const { system = [], messages, inferenceConfig, toolConfig } = conversation;
  const asked = Math.max(0, messages.findLastIndex(isAsked));
  const history = messages.slice(0, asked).map(toHistory);
  const results = toResults(messages.slice(Math.max(0, asked - 1)), messages.slice(asked));
  const body = given({
    message: messages.slice(asked).flatMap(toMessage).join("\n\n"),
    chat_history: history.length > 0 ? history : undefined,
    preamble: said(system) || undefined,
    max_tokens: inferenceConfig?.maxTokens,
    temperature: inferenceConfig?.temperature,
    p: inferenceConfig?.topP === undefined ? undefined : share(inferenceConfig.topP),
    stop_sequences: inferenceConfig?.stopSequences,
    tools: toolConfig?.tools.flatMap(toCohereTool),
    tool_results: results.length > 0 ? results : undefined,
  });
  return withNativeFields(body, conversation);
}

/** Nothing and all are refused as shares: the nearest ones mean the same. */
const share = (topP: number): number => Math.min(0.99, Math.max(0.01, topP));

/** What the user asked last in words; all results since then belong to it. */
const isAsked = ({ role, content }: Message): boolean => role === "user" && said(content) !== "";

/** What the model said beside its calls has no place of its own: the message quotes it. */
function toMessage({ role, content }: Message): string[] {
  const words = said(content);
  if (words === "") return [];
  return [role === "assistant" ? `[Said before the calls: ${words}]` : words];
}

const ROLES: Readonly<Record<Message["role"], string>> = {
  user: "USER",
  assistant: "CHATBOT",
  system: "SYSTEM",
};

/** Calls and results of earlier questions are told in words: the history has no others. */
const toHistory = ({ role, content }: Message): JsonObject => ({
  role: ROLES[role],
  message: content.flatMap((block) => inWords(block) ?? []).join("\n\n"),
});

function inWords({ toolUse, toolResult, ...block }: ContentBlock): string | undefined {
  if (toolUse) return `[Called ${toolUse.name} with ${JSON.stringify(toolUse.input)}]`;
  if (toolResult) return `[Result: ${toOutputs(toolResult).join("\n")}]`;
  return allWordsOf(block);
}

const toOutputs = ({ content }: NonNullable<ContentBlock["toolResult"]>): string[] =>
  content.flatMap(({ text, json }) => text ?? (json === undefined ? [] : JSON.stringify(json)));

/** Each result repeats its call: there are no ids. */
function toResults(since: readonly Message[], asked: readonly Message[]): JsonObject[] {
  const calls = new Map<string, ToolUse>();
  for (const { content } of since)
    for (const { toolUse } of content) if (toolUse) calls.set(toolUse.toolUseId, toolUse);
  return asked.flatMap(({ content }) =>
    content.flatMap(({ toolResult }): JsonObject[] => {
      const call = toolResult && calls.get(toolResult.toolUseId);
      if (!call) return [];
      const outputs = toOutputs(toolResult).map((text) => ({ text }));
      return [{ call: { name: call.name, parameters: call.input }, outputs }];
    }),
  );
}
