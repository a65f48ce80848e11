import { traitsOf } from "../../../src/bedrock/traits/traits.ts";
import type { Traits } from "../../../src/conversation/traits.ts";

/** One model for each row of the traits table, in its order, and one that no row knows. */
export const EXAMPLES = `
  anthropic.claude-fable-5 anthropic.claude-sonnet-5-5 anthropic.claude-haiku-5-5 anthropic.claude-opus-5
  anthropic.claude-opus-4-8 anthropic.claude-opus-4-7 anthropic.claude-opus-4-6-v1
  anthropic.claude-sonnet-4-5-20250929-v1:0 anthropic.claude-opus-4-1-20250805-v1:0
  anthropic.claude-opus-4-20250514-v1:0
  anthropic.claude-3-7-sonnet-20250219-v1:0 anthropic.claude-3-5-haiku-20241022-v1:0 anthropic.claude-3-5-sonnet-20240620-v1:0
  anthropic.claude-3-haiku-20240307-v1:0 anthropic.claude-v2:1 anthropic.claude-opus-5-5
  amazon.nova-2-lite-v1:0 amazon.nova-micro-v1:0 amazon.nova-pro-v1:0 amazon.nova-premier-v1:0 amazon.titan-text-express-v1
  openai.gpt-oss-safeguard-20b openai.gpt-oss-120b-1:0 openai.gpt-5.6-sol openai.gpt-6-sol xai.grok-4.3 xai.grok-4.7
  deepseek.r1-v1:0 deepseek.v3.2 moonshotai.kimi-k3 moonshot.kimi-k2-thinking moonshotai.kimi-k2.5
  qwen.qwen3-vl-235b-a22b qwen.qwen3-32b-v1:0 google.gemma-3-12b-it google.gemma-4-31b google.gemma-3-27b-it
  minimax.minimax-m2.5 zai.glm-5.3 zai.glm-5 nvidia.nemotron-nano-12b-v2 nvidia.nemotron-super-3-120b
  mistral.mixtral-8x7b-instruct-v0:1 mistral.pixtral-large-2502-v1:0 mistral.mistral-large-2402-v1:0
  mistral.voxtral-small-24b-2507 mistral.devstral-2-123b mistral.mistral-large-3-675b-instruct
  meta.llama3-8b-instruct-v1:0 meta.llama4-maverick-17b-instruct-v1:0 meta.llama3-3-70b-instruct-v1:0
  imported.openai
  writer.palmyra-vision-7b cohere.command-text-v14 writer.palmyra-x5-v1:0 ai21.jamba-1-5-large-v1:0
  acme.unknown-v1:0`
  .trim()
  .split(/\s+/);

const SAMPLING: Readonly<Record<Traits["sampling"], string>> = {
  both: "both",
  one: "one of them",
  temperature: "temperature",
  topP: "top_p",
  none: "no",
};

const list = (...items: (string | false | undefined)[]): string => items.filter(Boolean).join(", ");
const yesOrNo = (yes: boolean): string => (yes ? "yes" : "no");

function toolsOf(traits: Traits): string {
  if (!traits.tools) return "no";
  return list(
    traits.toolChoice.length > 0 ? traits.toolChoice.join(" ") : "offered only",
    !traits.streamingTools && "not in streams",
    traits.parallelToolControl && "one at a time",
    traits.strictTools && "strict",
  );
}

/** How little it can be told to think, where that is not nothing. */
const KEPT: Partial<Record<Traits["reasoning"]["off"], string>> = {
  never: "always",
  between_tools: "between tools at least",
};

function reasoningOf({ reasoning: { kind, efforts, off } }: Traits): string {
  if (kind === "none") return "no switch";
  return list(`${kind}${efforts.length > 0 ? `: ${efforts.join(" ")}` : ""}`, KEPT[off]);
}

const PLURALS = { image: "images", document: "documents", video: "video" };

/** What a column says of a model. */
const COLUMNS: readonly (readonly [string, (traits: Traits) => string])[] = [
  ["`temperature`, `top_p`", ({ sampling }) => SAMPLING[sampling]],
  ["`top_k`", ({ topK }) => yesOrNo(topK !== "none")],
  ["`stop`", ({ stopSequences }) => yesOrNo(stopSequences)],
  [
    "most tokens",
    ({ maxOutputTokens: most }) => (most === Infinity ? "not known" : most.toLocaleString("en-US")),
  ],
  ["tools", toolsOf],
  [
    "reads",
    ({ images, documents, video, audio, s3Media }) =>
      list(
        "text",
        images && "images",
        documents && "documents",
        video && "video",
        audio && "audio",
        s3Media && "`s3://`",
      ),
  ],
  ["in tool results", ({ toolResultMedia }) => list("text", ...toolResultMedia.map((kind) => PLURALS[kind]))],
  ["structured output", ({ structuredOutput }) => structuredOutput],
  ["reasoning", reasoningOf],
  [
    "prompt cache",
    ({ cachePoints, cacheTtl }) =>
      cachePoints.length > 0 ? list(...cachePoints, cacheTtl && "1 hour") : "no",
  ],
  [
    "besides",
    (traits) =>
      list(
        !traits.system && "no system prompt",
        traits.systemTurns && "later instructions",
        !traits.streaming && "no streams",
        traits.prefill && "prefill",
        traits.webSearch && "web search",
        ...traits.nativeSampling.map((name) => `\`${name}\``),
        traits.serviceTiers.length === 0 && "default tier only",
        !traits.optimizedLatency && "standard latency only",
      ),
  ],
];

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** The table of models as docs/compatibility.md has to show it. */
export function renderTraits(): string {
  const rows = EXAMPLES.map((id) =>
    row([
      id.startsWith("acme.") ? "any other" : `\`${id}\``,
      ...COLUMNS.map(([, cell]) => cell(traitsOf(id))),
    ]),
  );
  const names = ["model", ...COLUMNS.map(([name]) => name)];
  return [row(names), row(names.map(() => "---")), ...rows].join("\n");
}
