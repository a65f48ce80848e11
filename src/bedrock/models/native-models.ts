import { geoOf, withoutGeo } from "./family.ts";

/** A protocol of OpenAI's or Anthropic's that AWS speaks itself. */
export type NativeApi = "chat" | "responses" | "messages";

/** Where AWS serves a model in its own vendor's protocol. */
export interface NativeModel {
  host: "runtime" | "mantle";
  /** What stands before `/chat/completions`, `/responses` or `/messages`. */
  path: "/openai/v1" | "/v1" | "/anthropic/v1";
  apis: readonly NativeApi[];
  /** Converse serves it too, for what the native side cannot do. */
  converse: boolean;
}

const CHAT: readonly NativeApi[] = ["chat"];
const BOTH: readonly NativeApi[] = ["chat", "responses"];

const runtime = (apis: readonly NativeApi[]): NativeModel => ({
  host: "runtime",
  path: "/openai/v1",
  apis,
  converse: true,
});

const mantle = (path: NativeModel["path"], apis: readonly NativeApi[] = BOTH): NativeModel => ({
  host: "mantle",
  path,
  apis,
  converse: false,
});

/** On `bedrock-runtime`, by base id. All but gpt-oss are called by the id of an inference profile. */
const BY_PROFILE: readonly (readonly [RegExp, NativeModel])[] = [
  [/^openai\.gpt-oss-/, runtime(CHAT)],
  [/^openai\.gpt-/, runtime(BOTH)],
  [/^xai\.grok-4\.[67]/, runtime(BOTH)],
  [/^moonshotai\.kimi-k3/, runtime(BOTH)],
  [/^zai\.glm-5\.3/, runtime(BOTH)],
];

/** By the bare id, which is all that `bedrock-mantle` knows. */
const BY_BARE_ID: readonly (readonly [RegExp, NativeModel])[] = [
  [/^openai\.gpt-oss-(120|20)b$/, mantle("/v1")],
  [/^openai\.gpt-oss-/, runtime(CHAT)],
  [/^openai\./, mantle("/openai/v1")],
  [/^google\.gemma-4/, mantle("/openai/v1")],
  [/^xai\./, mantle("/openai/v1")],
  [/^qwen\.qwen3-coder-30b-a3b-instruct$/, mantle("/v1")],
  [/^anthropic\.claude-mythos-(5|preview)$/, mantle("/anthropic/v1", ["messages"])],
];

/**
 * How AWS serves a model natively by the form of its id; undefined where Converse is the better way or the only one. Models
 * that both hosts and Converse know by the same id stay with Converse, which alone has guardrails and documents for them.
 * Source: AWS's endpoint guide and model cards.
 */
export function nativeModelOf(id: string): NativeModel | undefined {
  const table = geoOf(id) ? BY_PROFILE : BY_BARE_ID;
  return table.find(([pattern]) => pattern.test(withoutGeo(id)))?.[1];
}

/** Families that `bedrock-mantle` has on its second base path. */
const SECOND_PATH = /^(openai\.(?!gpt-oss-)|google\.gemma-4|xai\.)/;

/** For who names the host: `openai/…` the runtime, `mantle/…` the other. */
export function namedNativeModel(route: "openai" | "mantle", id: string): NativeModel {
  if (route === "openai") return nativeModelOf(id) ?? { ...runtime(CHAT), converse: false };
  if (id.startsWith("anthropic.")) return mantle("/anthropic/v1", ["messages"]);
  return mantle(SECOND_PATH.test(id) ? "/openai/v1" : "/v1");
}
