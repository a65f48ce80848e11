/**
 * Ids that were seen in AWS's documentation and lists in November 2026, with what AWS's endpoint guide and model cards say
 * of the way to them. Nothing here is read from the code that it judges.
 */

/** A way to a model: a surface, or a native host with the path before `/chat/completions`. */
export type Way =
  | "converse"
  | "invoke"
  | "converse-like"
  | "runtime/openai/v1"
  | "mantle/openai/v1"
  | "mantle/v1"
  | "mantle/anthropic/v1";

export interface ChatModel {
  id: string;
  /** The id without its geography. */
  base: string;
  way: Way;
  /** Of its body on InvokeModel. */
  dialect: string;
}

/** base id | its body on InvokeModel | way by the bare id | prefixes of its profiles | way by a profile */
const CHAT = `
amazon.nova-2-lite-v1:0 | nova | converse | eu global jp us | converse
amazon.nova-lite-v1:0 | nova | converse | apac ca eu us | converse
amazon.nova-micro-v1:0 | nova | converse | apac eu us | converse
amazon.nova-premier-v1:0 | nova | - | us | converse
amazon.nova-pro-v1:0 | nova | converse | apac eu us | converse
anthropic.claude-fable-5 | anthropic-messages | converse | eu global us | converse
anthropic.claude-fable-5-1 | anthropic-messages | converse | global us | converse
anthropic.claude-fable-5-2 | anthropic-messages | converse | global us | converse
anthropic.claude-haiku-4-5-20251001-v1:0 | anthropic-messages | converse | au eu global in jp us | converse
anthropic.claude-haiku-5-5 | anthropic-messages | converse | au eu global jp us | converse
anthropic.claude-opus-4-1-20250805-v1:0 | anthropic-messages | converse | us | converse
anthropic.claude-opus-4-5-20251101-v1:0 | anthropic-messages | converse | eu global us | converse
anthropic.claude-opus-4-6-v1 | anthropic-messages | converse | au eu global us | converse
anthropic.claude-opus-4-7 | anthropic-messages | converse | au eu global jp us | converse
anthropic.claude-opus-4-8 | anthropic-messages | converse | au eu global jp us | converse
anthropic.claude-opus-5 | anthropic-messages | - | au eu global in jp us | converse
anthropic.claude-opus-5-5 | anthropic-messages | converse | au eu global jp us | converse
anthropic.claude-sonnet-4-20250514-v1:0 | anthropic-messages | - | apac eu global us | converse
anthropic.claude-sonnet-4-5-20250929-v1:0 | anthropic-messages | converse | au eu global jp us | converse
anthropic.claude-sonnet-4-6 | anthropic-messages | converse | au eu global jp us | converse
anthropic.claude-sonnet-5 | anthropic-messages | converse | au eu global in jp us | converse
anthropic.claude-sonnet-5-5 | anthropic-messages | converse | au eu global us | converse
deepseek.v3-v1:0 | openai-chat | converse | - | -
deepseek.v3.2 | openai-chat | converse | - | -
google.gemma-4-26b-a4b | openai-chat | mantle/openai/v1 | - | -
google.gemma-4-31b | openai-chat | mantle/openai/v1 | - | -
google.gemma-4-e2b | openai-chat | mantle/openai/v1 | - | -
meta.llama3-1-70b-instruct-v1:0 | llama3 | converse | us | converse
meta.llama3-1-8b-instruct-v1:0 | llama3 | converse | us | converse
meta.llama3-3-70b-instruct-v1:0 | llama3 | converse | us | converse
meta.llama4-maverick-17b-instruct-v1:0 | llama4 | converse | us | converse
meta.llama4-scout-17b-instruct-v1:0 | llama4 | converse | us | converse
minimax.minimax-m2 | openai-chat | converse | - | -
minimax.minimax-m2.1 | openai-chat | converse | - | -
minimax.minimax-m2.5 | openai-chat | converse | - | -
mistral.devstral-2-123b | openai-chat | converse | - | -
mistral.magistral-small-2509 | openai-chat | converse | - | -
mistral.ministral-3-14b-instruct | openai-chat | converse | - | -
mistral.ministral-3-3b-instruct | openai-chat | converse | - | -
mistral.ministral-3-8b-instruct | openai-chat | converse | - | -
mistral.mistral-large-3-675b-instruct | openai-chat | converse | - | -
mistral.pixtral-large-2502-v1:0 | mistral-chat | converse | eu us | converse
mistral.voxtral-mini-3b-2507 | openai-chat | converse | - | -
mistral.voxtral-small-24b-2507 | openai-chat | converse | - | -
moonshot.kimi-k2-thinking | openai-chat | converse | - | -
moonshotai.kimi-k2.5 | openai-chat | converse | - | -
moonshotai.kimi-k3 | openai-chat | - | global us | runtime/openai/v1
moonshotai.kimi-k3.1 | openai-chat | - | global us | runtime/openai/v1
nvidia.nemotron-nano-12b-v2 | openai-chat | converse | - | -
nvidia.nemotron-nano-3-30b | openai-chat | converse | - | -
nvidia.nemotron-nano-9b-v2 | openai-chat | converse | - | -
nvidia.nemotron-super-3-120b | openai-chat | converse | - | -
openai.gpt-5.4 | openai-reasoning-chat | mantle/openai/v1 | - | -
openai.gpt-5.5 | openai-reasoning-chat | mantle/openai/v1 | - | -
openai.gpt-5.6-luna | openai-reasoning-chat | mantle/openai/v1 | global in us | runtime/openai/v1
openai.gpt-5.6-sol | openai-reasoning-chat | mantle/openai/v1 | global us | runtime/openai/v1
openai.gpt-5.6-terra | openai-reasoning-chat | mantle/openai/v1 | global in us | runtime/openai/v1
openai.gpt-6-astra | openai-reasoning-chat | mantle/openai/v1 | global us | runtime/openai/v1
openai.gpt-6-luna | openai-reasoning-chat | mantle/openai/v1 | global us | runtime/openai/v1
openai.gpt-6-sol | openai-reasoning-chat | mantle/openai/v1 | global us | runtime/openai/v1
openai.gpt-6.1-sol | openai-reasoning-chat | mantle/openai/v1 | global us | runtime/openai/v1
openai.gpt-6.1-terra | openai-reasoning-chat | mantle/openai/v1 | global us | runtime/openai/v1
openai.gpt-oss-120b | openai-chat | mantle/v1 | - | -
openai.gpt-oss-120b-1:0 | openai-chat | runtime/openai/v1 | us-gov | runtime/openai/v1
openai.gpt-oss-20b | openai-chat | mantle/v1 | - | -
openai.gpt-oss-20b-1:0 | openai-chat | runtime/openai/v1 | us-gov | runtime/openai/v1
openai.gpt-oss-safeguard-120b | openai-chat | runtime/openai/v1 | - | -
openai.gpt-oss-safeguard-20b | openai-chat | runtime/openai/v1 | - | -
qwen.qwen3-235b-a22b-2507-v1:0 | openai-chat | converse | - | -
qwen.qwen3-32b-v1:0 | openai-chat | converse | - | -
qwen.qwen3-coder-30b-a3b-v1:0 | openai-chat | converse | - | -
qwen.qwen3-coder-480b-a35b-v1:0 | openai-chat | converse | - | -
qwen.qwen3-coder-next | openai-chat | converse | - | -
qwen.qwen3-next-80b-a3b | openai-chat | converse | - | -
qwen.qwen3-vl-235b-a22b | openai-chat | converse | - | -
writer.palmyra-x4-v1:0 | openai-chat | converse | us | converse
writer.palmyra-x5-v1:0 | openai-chat | converse | us | converse
xai.grok-4.3 | openai-chat | mantle/openai/v1 | - | -
xai.grok-4.6 | openai-chat | mantle/openai/v1 | global us | runtime/openai/v1
xai.grok-4.7 | openai-chat | - | global us | runtime/openai/v1
zai.glm-4.7 | openai-chat | converse | - | -
zai.glm-4.7-flash | openai-chat | converse | - | -
zai.glm-5 | openai-chat | converse | - | -
zai.glm-5.3 | openai-chat | - | global us | runtime/openai/v1
`;

/** id | what it is for */
const OTHER = `
amazon.titan-embed-text-v1 | embedding
amazon.titan-embed-text-v2:0 | embedding
amazon.titan-embed-image-v1 | embedding
amazon.nova-2-multimodal-embeddings-v1:0 | embedding
cohere.embed-english-v3 | embedding
cohere.embed-multilingual-v3 | embedding
cohere.embed-v4:0 | embedding
twelvelabs.marengo-embed-2-7-v1:0 | embedding
twelvelabs.marengo-embed-3-0-v1:0 | embedding
twelvelabs.pegasus-1-2-v1:0 | video-to-text
amazon.rerank-v1:0 | rerank
cohere.rerank-v3-5:0 | rerank
amazon.titan-image-generator-v2:0 | image
amazon.nova-canvas-v1:0 | image
amazon.nova-reel-v1:0 | video
amazon.nova-reel-v1:1 | video
luma.ray-v2:0 | video
amazon.nova-sonic-v1:0 | speech
amazon.nova-2-sonic-v1:0 | speech
stability.stable-creative-upscale-v1:0 | image-edit
stability.stable-conservative-upscale-v1:0 | image-edit
stability.stable-fast-upscale-v1:0 | image-edit
stability.stable-image-inpaint-v1:0 | image-edit
stability.stable-outpaint-v1:0 | image-edit
stability.stable-image-search-recolor-v1:0 | image-edit
stability.stable-image-search-replace-v1:0 | image-edit
stability.stable-image-erase-object-v1:0 | image-edit
stability.stable-image-remove-background-v1:0 | image-edit
stability.stable-image-control-sketch-v1:0 | image-edit
stability.stable-image-control-structure-v1:0 | image-edit
stability.stable-image-style-guide-v1:0 | image-edit
stability.stable-style-transfer-v1:0 | image-edit
`;

const cells = (table: string): string[][] =>
  table
    .trim()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()));

export const OBSERVED_CHAT: readonly ChatModel[] = cells(CHAT).flatMap(
  ([base = "", dialect = "", bare, prefixes = "", profile]) => [
    ...(bare === "-" ? [] : [{ id: base, base, dialect, way: bare as Way }]),
    ...prefixes
      .split(" ")
      .filter((prefix) => prefix !== "-")
      .map((prefix) => ({ id: `${prefix}.${base}`, base, dialect, way: profile as Way })),
  ],
);

/** What nobody talks with: embeddings, images, rerankers. */
export const OBSERVED_OTHERS: readonly { id: string; kind: string }[] = cells(OTHER).map(
  ([id = "", kind = ""]) => ({ id, kind }),
);
