import { nameModel, toTarget } from "../../src/bedrock/models/resolve.ts";
import * as dialects from "../../src/dialects/dialects.ts";
import type { Target } from "../../src/bedrock/models/target.ts";
import type { JsonObject } from "../../src/conversation/types.ts";
import { accountArn } from "../../src/testing/index.ts";

export interface DialectRow {
  model: string;
  /** What the body says of `SAMPLED`. */
  knobs: JsonObject;
  /** What of it the model is not told. */
  drops: readonly string[];
  /** Goes on with what the assistant has begun. */
  prefill: boolean;
  tools: boolean;
  images: boolean;
  /** Can tell what it thinks. */
  thinks: boolean;
  /** How it is held to a schema. */
  format: "native" | "tool" | "words";
  /** Who counts the tokens of a whole answer: AWS or the body; the body in tokens of its own; nobody. */
  counts: "all" | "own" | "nobody";
  /** Takes what no table knows until AWS refuses it. */
  tries: boolean;
}

/** Everything by which an answer can be steered. */
export const SAMPLED = { temperature: 0.3, top_p: 0.5, top_k: 5, max_tokens: 100, stop: ["END"] };

const TEXT: Omit<DialectRow, "model" | "knobs" | "drops"> = {
  prefill: true,
  tools: false,
  images: false,
  thinks: false,
  format: "words",
  counts: "all",
  tries: false,
};
const CHAT = { ...TEXT, tools: true };
const OPEN = { ...CHAT, thinks: true, format: "native", tries: true } as const;

const sampled = (limit: string, topP = "top_p"): JsonObject => ({
  [limit]: 100,
  temperature: 0.3,
  [topP]: 0.5,
});
const CLAUDE_2 = { ...sampled("max_tokens_to_sample"), stop_sequences: ["END"], top_k: 5 };
const CONVERSE = { maxTokens: 100, temperature: 0.3, topP: 0.5, stopSequences: ["END"], topK: 5 };
const TITAN = { ...sampled("maxTokenCount", "topP"), stopSequences: ["END"] };
const COHERE = { ...sampled("max_tokens", "p"), stop_sequences: ["END"], k: 5 };
const OPENAI = { ...sampled("max_tokens"), stop: ["END"] };
const QWEN = { ...sampled("max_gen_len"), stop: ["END"], top_k: 5 };
const LLAMA = { ...TEXT, knobs: sampled("max_gen_len"), drops: ["top_k"] };

const imported = (name: string, id: string): string => `${name}/${accountArn("imported-model", id)}`;

/** Every dialect, and two models where those of one dialect differ. */
export const DIALECT_ROWS: readonly DialectRow[] = [
  {
    ...CHAT,
    model: "invoke/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    knobs: { max_tokens: 100, temperature: 0.3, stop_sequences: ["END"], top_k: 5 },
    drops: ["top_p"],
    images: true,
    thinks: true,
    format: "native",
  },
  {
    ...CHAT,
    model: "invoke/us.anthropic.claude-opus-5-5",
    knobs: { max_tokens: 100, stop_sequences: ["END"] },
    drops: ["temperature", "top_k", "top_p"],
    prefill: false,
    images: true,
    thinks: true,
  },
  { ...TEXT, model: "invoke/anthropic.claude-v2:1", knobs: CLAUDE_2, drops: [] },
  { ...TEXT, model: "invoke/anthropic.claude-instant-v1", knobs: CLAUDE_2, drops: [] },
  {
    ...CHAT,
    model: "invoke/us.amazon.nova-pro-v1:0",
    knobs: { inferenceConfig: CONVERSE },
    drops: [],
    images: true,
    thinks: true,
    format: "tool",
  },
  {
    ...CHAT,
    model: "invoke/us.amazon.nova-2-lite-v1:0",
    knobs: { inferenceConfig: CONVERSE },
    drops: [],
    images: true,
    thinks: true,
    format: "tool",
  },
  {
    ...TEXT,
    model: "amazon.titan-text-express-v1",
    knobs: { textGenerationConfig: TITAN },
    drops: ["top_k"],
  },
  { ...TEXT, model: "amazon.titan-text-lite-v1", knobs: { textGenerationConfig: TITAN }, drops: ["top_k"] },
  {
    ...TEXT,
    model: "amazon.titan-text-premier-v1:0",
    knobs: { textGenerationConfig: TITAN },
    drops: ["top_k"],
  },
  { ...LLAMA, model: "invoke/meta.llama2-70b-chat-v1" },
  { ...LLAMA, model: "invoke/meta.llama3-8b-instruct-v1:0" },
  { ...LLAMA, model: "invoke/us.meta.llama3-2-11b-instruct-v1:0", images: true },
  { ...LLAMA, model: "invoke/us.meta.llama4-maverick-17b-instruct-v1:0", images: true },
  {
    ...TEXT,
    model: "invoke/mistral.mistral-7b-instruct-v0:2",
    knobs: { ...OPENAI, top_k: 5 },
    drops: [],
  },
  {
    ...CHAT,
    model: "invoke/mistral.mistral-large-2402-v1:0",
    knobs: sampled("max_tokens"),
    drops: ["top_k"],
    format: "tool",
  },
  {
    ...CHAT,
    model: "invoke/us.mistral.pixtral-large-2502-v1:0",
    knobs: sampled("max_tokens"),
    drops: ["top_k"],
    images: true,
    format: "tool",
  },
  { ...TEXT, model: "cohere.command-text-v14", knobs: COHERE, drops: [], counts: "nobody" },
  { ...CHAT, model: "cohere.command-r-v1:0", knobs: COHERE, drops: [], prefill: false },
  {
    ...TEXT,
    model: "ai21.j2-ultra-v1",
    knobs: { ...sampled("maxTokens", "topP"), stopSequences: ["END"] },
    drops: ["top_k"],
    counts: "own",
  },
  { ...CHAT, model: "invoke/ai21.jamba-1-5-large-v1:0", knobs: OPENAI, drops: ["top_k"], thinks: true },
  {
    ...TEXT,
    model: "invoke/us.deepseek.r1-v1:0",
    knobs: OPENAI,
    drops: ["top_k"],
    prefill: false,
    thinks: true,
  },
  {
    ...OPEN,
    model: "invoke/openai.gpt-oss-120b-1:0",
    knobs: { ...sampled("max_tokens"), top_k: 5 },
    drops: [],
  },
  { ...OPEN, model: "invoke/qwen.qwen3-32b-v1:0", knobs: { ...OPENAI, top_k: 5 }, drops: [] },
  {
    ...TEXT,
    model: "us.twelvelabs.pegasus-1-2-v1:0",
    knobs: { temperature: 0.3, maxOutputTokens: 100 },
    drops: ["top_k", "top_p"],
    prefill: false,
    format: "native",
  },
  { ...LLAMA, model: imported("llama", "llama0000001") },
  { ...LLAMA, model: imported("deepseek_r1", "r10000000001"), prefill: false, thinks: true },
  { ...TEXT, model: imported("qwen2", "qwen20000001"), knobs: QWEN, drops: [], thinks: true },
  { ...TEXT, model: imported("qwen3", "qwen30000001"), knobs: QWEN, drops: [], thinks: true },
  { ...TEXT, model: imported("mistral", "mistral00001"), knobs: { ...OPENAI, top_k: 5 }, drops: [] },
  {
    ...OPEN,
    model: imported("openai", "gptoss000001"),
    knobs: { ...OPENAI, top_k: 5 },
    drops: [],
    images: true,
    format: "native",
  },
];

export const DIALECT_MODELS: readonly string[] = DIALECT_ROWS.map(({ model }) => model);

/** Where a model string leads that names its family. */
export const targetOf = (model: string): Target => {
  const named = nameModel({ model });
  return toTarget(named, named.family ?? "", {}, () => ({}), dialects);
};
