import { type BedrockOpenAIHandler, describeModel, type Mode } from "../../../src/index.ts";

type Body = Readonly<Record<string, unknown>>;

/** Where a body goes that has this key, by what its model is for; `chat` where that is not known. */
const BY_KEY: readonly (readonly [key: string, paths: Partial<Record<Mode | "moderation", string>>])[] = [
  ["messages", { chat: "/chat/completions" }],
  ["prompt", { image_generation: "/images/generations", chat: "/completions" }],
  ["previous_response_id", { chat: "/responses" }],
  ["conversation", { chat: "/responses" }],
  ["input", { embedding: "/embeddings", moderation: "/moderations", chat: "/responses" }],
];

/** Chats may have documents too. */
const isRanking = (body: Body): boolean => "query" in body && "documents" in body && !("messages" in body);

/** Where Anthropic's Messages differ from OpenAI's chats at the first glance. */
const isAnthropic = (body: Body): boolean =>
  "messages" in body && ("system" in body || "anthropic_version" in body || "stop_sequences" in body);

/** The path that a request is for, as its body tells. */
export async function pathFor(body: Body, handler: BedrockOpenAIHandler): Promise<string> {
  if (isRanking(body)) return "/rerank";
  if (isAnthropic(body)) return "/messages";
  const paths = BY_KEY.find(([key]) => key in body)?.[1];
  if (!paths) return "/chat/completions";
  const mode = await modeOf(body["model"], handler);
  return paths[mode] ?? paths.chat ?? "/chat/completions";
}

/** Who asks for moderation names no model of Bedrock's, or none at all. */
async function modeOf(model: unknown, handler: BedrockOpenAIHandler): Promise<Mode | "moderation"> {
  if (typeof model !== "string" || /moderation|guardrail/.test(model)) return "moderation";
  return describeModel(model, handler).then(
    ({ mode }) => mode ?? "chat",
    () => "chat",
  );
}
