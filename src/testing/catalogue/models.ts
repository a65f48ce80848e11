/**
 * The foundation models the emulator lists: real ids as of November 2026. One row:
 * id | name | input modalities | output modalities | how it is called | profile prefixes | lifecycle.
 * "How it is called" is `id` for on-demand by the bare id, `profile` for inference profiles only, `both` for either.
 */
const ROWS = `
amazon.nova-2-lite-v1:0 | Nova 2 Lite | TEXT IMAGE VIDEO | TEXT | profile | us eu jp global | ACTIVE
amazon.nova-pro-v1:0 | Nova Pro | TEXT IMAGE VIDEO | TEXT | both | us eu apac ca us-gov | ACTIVE
amazon.nova-lite-v1:0 | Nova Lite | TEXT IMAGE VIDEO | TEXT | both | us eu apac ca us-gov | ACTIVE
amazon.nova-micro-v1:0 | Nova Micro | TEXT | TEXT | both | us eu apac ca us-gov | ACTIVE
amazon.nova-premier-v1:0 | Nova Premier | TEXT IMAGE VIDEO | TEXT | profile | us | LEGACY
amazon.titan-text-express-v1 | Titan Text G1 - Express | TEXT | TEXT | id | | LEGACY
amazon.titan-embed-text-v2:0 | Titan Text Embeddings V2 | TEXT | EMBEDDING | id | | ACTIVE
amazon.titan-embed-text-v1 | Titan Embeddings G1 - Text | TEXT | EMBEDDING | id | | ACTIVE
amazon.titan-embed-image-v1 | Titan Multimodal Embeddings G1 | TEXT IMAGE | EMBEDDING | id | | ACTIVE
amazon.nova-2-multimodal-embeddings-v1:0 | Nova Multimodal Embeddings | TEXT IMAGE VIDEO AUDIO | EMBEDDING | id | | ACTIVE
amazon.nova-canvas-v1:0 | Nova Canvas | TEXT IMAGE | IMAGE | id | | LEGACY
amazon.titan-image-generator-v2:0 | Titan Image Generator G1 v2 | TEXT IMAGE | IMAGE | id | | LEGACY
amazon.titan-image-generator-v1 | Titan Image Generator G1 | TEXT IMAGE | IMAGE | id | | LEGACY
amazon.rerank-v1:0 | Rerank 1.0 | TEXT | TEXT | id | | ACTIVE
anthropic.claude-fable-5-2 | Claude Fable 5.2 | TEXT IMAGE | TEXT | profile | us global | ACTIVE
anthropic.claude-fable-5-1 | Claude Fable 5.1 | TEXT IMAGE | TEXT | profile | us global | ACTIVE
anthropic.claude-fable-5 | Claude Fable 5 | TEXT IMAGE | TEXT | profile | us eu global | ACTIVE
anthropic.claude-opus-5-5 | Claude Opus 5.5 | TEXT IMAGE | TEXT | profile | us eu au jp global | ACTIVE
anthropic.claude-opus-5 | Claude Opus 5 | TEXT IMAGE | TEXT | profile | us eu au jp in global | ACTIVE
anthropic.claude-sonnet-5-5 | Claude Sonnet 5.5 | TEXT IMAGE | TEXT | profile | us eu au global | ACTIVE
anthropic.claude-sonnet-5 | Claude Sonnet 5 | TEXT IMAGE | TEXT | profile | us eu au jp in global | ACTIVE
anthropic.claude-haiku-5-5 | Claude Haiku 5.5 | TEXT IMAGE | TEXT | profile | us eu au jp global | ACTIVE
anthropic.claude-opus-4-8 | Claude Opus 4.8 | TEXT IMAGE | TEXT | profile | us eu au jp global | ACTIVE
anthropic.claude-opus-4-7 | Claude Opus 4.7 | TEXT IMAGE | TEXT | profile | us eu au jp global | ACTIVE
anthropic.claude-opus-4-6-v1 | Claude Opus 4.6 | TEXT IMAGE | TEXT | profile | us eu au global | ACTIVE
anthropic.claude-sonnet-4-6 | Claude Sonnet 4.6 | TEXT IMAGE | TEXT | profile | us eu au jp global | ACTIVE
anthropic.claude-opus-4-5-20251101-v1:0 | Claude Opus 4.5 | TEXT IMAGE | TEXT | profile | us eu global | ACTIVE
anthropic.claude-sonnet-4-5-20250929-v1:0 | Claude Sonnet 4.5 | TEXT IMAGE | TEXT | profile | us eu jp au global us-gov | ACTIVE
anthropic.claude-haiku-4-5-20251001-v1:0 | Claude Haiku 4.5 | TEXT IMAGE | TEXT | profile | us eu jp au in global | ACTIVE
anthropic.claude-opus-4-1-20250805-v1:0 | Claude Opus 4.1 | TEXT IMAGE | TEXT | profile | us | LEGACY
anthropic.claude-sonnet-4-20250514-v1:0 | Claude Sonnet 4 | TEXT IMAGE | TEXT | profile | us eu apac global | LEGACY
anthropic.claude-3-7-sonnet-20250219-v1:0 | Claude 3.7 Sonnet | TEXT IMAGE | TEXT | both | us eu apac | LEGACY
anthropic.claude-3-5-haiku-20241022-v1:0 | Claude 3.5 Haiku | TEXT | TEXT | profile | us | LEGACY
openai.gpt-6.1-sol | GPT-6.1 Sol | TEXT IMAGE | TEXT | profile | us global | ACTIVE
openai.gpt-6.1-terra | GPT-6.1 Terra | TEXT IMAGE | TEXT | profile | us global | ACTIVE
openai.gpt-6-sol | GPT-6 Sol | TEXT IMAGE | TEXT | profile | us global | ACTIVE
openai.gpt-6-astra | GPT-6 Astra | TEXT IMAGE | TEXT | profile | us global | ACTIVE
openai.gpt-6-luna | GPT-6 Luna | TEXT IMAGE | TEXT | profile | us global | ACTIVE
openai.gpt-5.6-sol | GPT-5.6 Sol | TEXT IMAGE | TEXT | profile | us global | ACTIVE
openai.gpt-5.6-terra | GPT-5.6 Terra | TEXT IMAGE | TEXT | profile | us global in us-gov | ACTIVE
openai.gpt-5.6-luna | GPT-5.6 Luna | TEXT IMAGE | TEXT | profile | us global in | ACTIVE
openai.gpt-oss-120b-1:0 | gpt-oss-120b | TEXT | TEXT | both | us-gov | ACTIVE
openai.gpt-oss-20b-1:0 | gpt-oss-20b | TEXT | TEXT | both | us-gov | ACTIVE
openai.gpt-oss-safeguard-20b | GPT OSS Safeguard 20B | TEXT | TEXT | id | | ACTIVE
openai.gpt-oss-safeguard-120b | GPT OSS Safeguard 120B | TEXT | TEXT | id | | ACTIVE
xai.grok-4.7 | Grok 4.7 | TEXT IMAGE | TEXT | profile | us global | ACTIVE
xai.grok-4.6 | Grok 4.6 | TEXT IMAGE | TEXT | profile | us global | ACTIVE
moonshotai.kimi-k3 | Kimi K3 | TEXT IMAGE | TEXT | profile | us global | ACTIVE
moonshotai.kimi-k3.1 | Kimi K3.1 | TEXT IMAGE | TEXT | profile | us global | ACTIVE
moonshotai.kimi-k2.5 | Kimi K2.5 | TEXT IMAGE | TEXT | id | | ACTIVE
moonshot.kimi-k2-thinking | Kimi K2 Thinking | TEXT | TEXT | id | | ACTIVE
deepseek.v3.2 | DeepSeek V3.2 | TEXT | TEXT | id | | ACTIVE
deepseek.v3-v1:0 | DeepSeek-V3.1 | TEXT | TEXT | id | | ACTIVE
deepseek.r1-v1:0 | DeepSeek-R1 | TEXT | TEXT | profile | us | ACTIVE
qwen.qwen3-32b-v1:0 | Qwen3 32B | TEXT | TEXT | id | | ACTIVE
qwen.qwen3-235b-a22b-2507-v1:0 | Qwen3 235B A22B 2507 | TEXT | TEXT | id | | ACTIVE
qwen.qwen3-coder-30b-a3b-v1:0 | Qwen3-Coder 30B | TEXT | TEXT | id | | ACTIVE
qwen.qwen3-coder-480b-a35b-v1:0 | Qwen3-Coder 480B | TEXT | TEXT | id | | ACTIVE
qwen.qwen3-next-80b-a3b | Qwen3 Next 80B A3B | TEXT | TEXT | id | | ACTIVE
qwen.qwen3-vl-235b-a22b | Qwen3 VL 235B A22B | TEXT IMAGE | TEXT | id | | ACTIVE
google.gemma-3-27b-it | Gemma 3 27B IT | TEXT IMAGE | TEXT | id | | ACTIVE
google.gemma-3-12b-it | Gemma 3 12B IT | TEXT IMAGE | TEXT | id | | ACTIVE
minimax.minimax-m2.5 | MiniMax-M2.5 | TEXT | TEXT | id | | ACTIVE
zai.glm-5.3 | GLM-5.3 | TEXT | TEXT | profile | us global | ACTIVE
zai.glm-5 | GLM-5 | TEXT | TEXT | id | | ACTIVE
zai.glm-4.7 | GLM-4.7 | TEXT | TEXT | id | | ACTIVE
nvidia.nemotron-super-3-120b | Nemotron 3 Super | TEXT | TEXT | id | | ACTIVE
nvidia.nemotron-nano-12b-v2 | Nemotron Nano 12B v2 VL | TEXT IMAGE | TEXT | id | | ACTIVE
mistral.mistral-large-3-675b-instruct | Mistral Large 3 | TEXT IMAGE | TEXT | id | | ACTIVE
mistral.magistral-small-2509 | Magistral Small | TEXT IMAGE | TEXT | id | | ACTIVE
mistral.devstral-2-123b | Devstral 2 123B | TEXT | TEXT | id | | ACTIVE
mistral.voxtral-small-24b-2507 | Voxtral Small 24B | TEXT AUDIO | TEXT | id | | ACTIVE
mistral.voxtral-mini-3b-2507 | Voxtral Mini 3B | TEXT AUDIO | TEXT | id | | ACTIVE
mistral.pixtral-large-2502-v1:0 | Pixtral Large (25.02) | TEXT IMAGE | TEXT | profile | us eu | ACTIVE
mistral.mixtral-8x7b-instruct-v0:1 | Mixtral 8x7B Instruct | TEXT | TEXT | id | | ACTIVE
mistral.mistral-7b-instruct-v0:2 | Mistral 7B Instruct | TEXT | TEXT | id | | ACTIVE
meta.llama3-8b-instruct-v1:0 | Llama 3 8B Instruct | TEXT | TEXT | id | | LEGACY
meta.llama3-1-8b-instruct-v1:0 | Llama 3.1 8B Instruct | TEXT | TEXT | both | us | LEGACY
meta.llama3-1-70b-instruct-v1:0 | Llama 3.1 70B Instruct | TEXT | TEXT | both | us | LEGACY
meta.llama3-3-70b-instruct-v1:0 | Llama 3.3 70B Instruct | TEXT | TEXT | profile | us | LEGACY
meta.llama4-maverick-17b-instruct-v1:0 | Llama 4 Maverick 17B | TEXT IMAGE | TEXT | profile | us | LEGACY
writer.palmyra-x5-v1:0 | Palmyra X5 | TEXT | TEXT | profile | us | ACTIVE
ai21.jamba-1-5-large-v1:0 | Jamba 1.5 Large | TEXT | TEXT | id | | LEGACY
cohere.embed-v4:0 | Embed v4 | TEXT IMAGE | EMBEDDING | both | us eu global | ACTIVE
cohere.embed-english-v3 | Embed English | TEXT IMAGE | EMBEDDING | id | | ACTIVE
cohere.embed-multilingual-v3 | Embed Multilingual | TEXT IMAGE | EMBEDDING | id | | ACTIVE
cohere.rerank-v3-5:0 | Rerank 3.5 | TEXT | TEXT | id | | ACTIVE
stability.stable-creative-upscale-v1:0 | Stable Image Creative Upscale | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-conservative-upscale-v1:0 | Stable Image Conservative Upscale | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-fast-upscale-v1:0 | Stable Image Fast Upscale | IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-inpaint-v1:0 | Stable Image Inpaint | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-outpaint-v1:0 | Stable Image Outpaint | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-search-recolor-v1:0 | Stable Image Search and Recolor | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-search-replace-v1:0 | Stable Image Search and Replace | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-erase-object-v1:0 | Stable Image Erase Object | IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-remove-background-v1:0 | Stable Image Remove Background | IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-control-sketch-v1:0 | Stable Image Control Sketch | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-control-structure-v1:0 | Stable Image Control Structure | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-image-style-guide-v1:0 | Stable Image Style Guide | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.stable-style-transfer-v1:0 | Stable Image Style Transfer | TEXT IMAGE | IMAGE | profile | us | ACTIVE
stability.sd3-5-large-v1:0 | Stable Diffusion 3.5 Large | TEXT IMAGE | IMAGE | id | | LEGACY
stability.stable-image-core-v1:1 | Stable Image Core 1.0 | TEXT | IMAGE | id | | LEGACY
stability.stable-image-ultra-v1:1 | Stable Image Ultra 1.0 | TEXT IMAGE | IMAGE | id | | LEGACY
stability.stable-diffusion-xl-v1 | SDXL 1.0 | TEXT IMAGE | IMAGE | id | | LEGACY
twelvelabs.marengo-embed-3-0-v1:0 | Marengo Embed 3.0 | TEXT IMAGE VIDEO AUDIO | EMBEDDING | both | us eu apac | ACTIVE
twelvelabs.marengo-embed-2-7-v1:0 | Marengo Embed v2.7 | TEXT IMAGE VIDEO AUDIO | EMBEDDING | profile | us eu apac | LEGACY
`;

const PROVIDERS: Record<string, string> = {
  ai21: "AI21 Labs",
  amazon: "Amazon",
  anthropic: "Anthropic",
  cohere: "Cohere",
  deepseek: "DeepSeek",
  google: "Google",
  meta: "Meta",
  minimax: "MiniMax",
  mistral: "Mistral AI",
  moonshot: "Moonshot AI",
  moonshotai: "Moonshot AI",
  nvidia: "NVIDIA",
  openai: "OpenAI",
  qwen: "Qwen",
  stability: "Stability AI",
  twelvelabs: "TwelveLabs",
  writer: "Writer",
  xai: "xAI",
  zai: "Z.AI",
};

export interface FoundationModel {
  id: string;
  name: string;
  provider: string;
  input: string[];
  output: string[];
  /** May be called by its bare id. */
  onDemand: boolean;
  /** Geographies with a system profile: `us` gives `us.<id>`. */
  prefixes: string[];
  lifecycle: "ACTIVE" | "LEGACY";
}

export const FOUNDATION_MODELS: readonly FoundationModel[] = ROWS.trim().split("\n").map(parseRow);

function parseRow(row: string): FoundationModel {
  const [id = "", name = "", input = "", output = "", called, prefixes = "", lifecycle] = row
    .split("|")
    .map((cell) => cell.trim());
  return {
    id,
    name,
    provider: PROVIDERS[id.split(".")[0] ?? ""] ?? "",
    input: input.split(" "),
    output: output.split(" "),
    onDemand: called !== "profile",
    prefixes: prefixes.split(" ").filter(Boolean),
    lifecycle: lifecycle === "LEGACY" ? "LEGACY" : "ACTIVE",
  };
}
