import type { Effort } from "../../conversation/reasoning/efforts.ts";
import type { Reasoning, Traits } from "../../conversation/traits.ts";

type Row = Partial<Traits>;

const efforts = (list: string): readonly Effort[] => list.split(" ") as Effort[];

const LOW_TO_HIGH = efforts("low medium high");
const LOW_TO_MAX = efforts("low medium high xhigh max");

/** Reads text only; what none of AWS's own models do is said in each vendor's row. */
const TEXT: Row = { images: false, video: false, audio: false, s3Media: false };
const VISION: Row = { ...TEXT, images: true };

/** Can do nothing but continue a text conversation. */
const PLAIN: Row = { ...TEXT, tools: false, structuredOutput: "instruction" };

/** Open-weight models that AWS serves with compiled schemas. */
const COMPILED: Row = { structuredOutput: "native", strictTools: true };

const NO_CACHE: Row = { cachePoints: [], cacheTtl: false };

const budget: Reasoning = { kind: "budget", efforts: [], off: "omit" };
const adaptive = (off: Reasoning["off"]): Reasoning => ({ kind: "adaptive", efforts: LOW_TO_MAX, off });
const flat = (list: readonly Effort[], off: Reasoning["off"]): Reasoning => ({
  kind: "flat",
  efforts: list,
  off,
});

/** The members of Claude's own body that are not said in Converse's words, and may be in a caller's. */
const CLAUDE_FIELDS = [
  "anthropic_beta",
  "context_management",
  "container",
  "mcp_servers",
  "output_config",
  "tools",
];

const CLAUDE: Row = {
  ...VISION,
  nativeFields: CLAUDE_FIELDS,
  toolResultMedia: ["image", "document"],
  searchResults: true,
  toolResultStatus: true,
  cacheTtl: false,
  anthropicBeta: true,
};

const THINKING_CLAUDE: Row = { ...CLAUDE, reasoning: budget, reasoningReplay: "signed" };

const CLAUDE_4_5: Row = {
  ...THINKING_CLAUDE,
  ...COMPILED,
  sampling: "one",
  maxOutputTokens: 64_000,
  parallelToolControl: true,
  cacheTtl: true,
};

const CLAUDE_4_6: Row = {
  ...CLAUDE_4_5,
  sampling: "both",
  maxOutputTokens: 128_000,
  prefill: false,
  reasoning: { kind: "adaptive", efforts: efforts("low medium high max"), off: "omit", budgets: true },
};

/** From 4.7 on sampling is fixed, and nothing but thinking with an effort is left to choose. */
const CLAUDE_4_7: Row = {
  ...THINKING_CLAUDE,
  sampling: "none",
  topK: "none",
  maxOutputTokens: 128_000,
  parallelToolControl: true,
  prefill: false,
  cacheTtl: true,
  reasoning: adaptive("omit"),
};

const CLAUDE_5: Row = { ...CLAUDE_4_7, systemTurns: true, reasoning: adaptive("disabled") };

/** Always thinks, and cannot be forced to a tool. Unknown Claude models behave like this. */
const NEWEST_CLAUDE: Row = { ...CLAUDE_5, toolChoice: ["auto"], reasoning: adaptive("never") };

const NOVA: Row = {
  nativeFields: ["inferenceConfig", "reasoningConfig"],
  reservedToolNames: ["nova_grounding"],
  audio: false,
  topK: "inferenceConfig.topK",
  toolSchema: "plain",
  toolResultMedia: ["image", "document", "video"],
  toolResultStatus: true,
  cachePoints: ["system", "messages"],
  cacheTtl: false,
};

const GPT: Row = {
  ...VISION,
  ...NO_CACHE,
  sampling: "none",
  topK: "none",
  stopSequences: false,
  reasoning: { kind: "nested", efforts: efforts("none low medium high xhigh max"), off: "effort" },
  reasoningReplay: "encrypted",
};

const GPT_OSS: Row = {
  ...TEXT,
  ...NO_CACHE,
  ...COMPILED,
  stopSequences: false,
  reasoning: flat(LOW_TO_HIGH, "never"),
};

const LLAMA: Row = { ...TEXT, ...NO_CACHE, topK: "none", toolChoice: [], streamingTools: false };
const MISTRAL: Row = { ...TEXT, ...NO_CACHE, toolIds: "mistral" };
const OLDER_MISTRAL: Row = { ...MISTRAL, toolChoice: ["auto", "any"] };
const KIMI: Row = { ...VISION, ...NO_CACHE, ...COMPILED, serviceTiers: [] };

/**
 * First match wins, so longer names stand before the names they contain. The last row of a vendor is its default.
 * Source: AWS's model cards and Anthropic's documentation; the reference's §C.1–C.3.
 */
export const TRAITS_TABLE: readonly (readonly [RegExp, Row])[] = [
  [/^anthropic\.claude-fable-5(?!-\d)/, { ...NEWEST_CLAUDE, toolChoice: ["auto", "any", "tool"] }],
  [/^anthropic\.claude-sonnet-5-5/, { ...NEWEST_CLAUDE, reasoning: adaptive("between_tools") }],
  [/^anthropic\.claude-haiku-5-5/, { ...CLAUDE_5, serviceTiers: [] }],
  [/^anthropic\.claude-(opus|sonnet)-5(?!-\d)/, CLAUDE_5],
  [/^anthropic\.claude-opus-4-8/, { ...CLAUDE_4_7, systemTurns: true }],
  [/^anthropic\.claude-(opus|sonnet|haiku)-4-7/, CLAUDE_4_7],
  [/^anthropic\.claude-(opus|sonnet)-4-6/, CLAUDE_4_6],
  [/^anthropic\.claude-(opus|sonnet|haiku)-4-5/, CLAUDE_4_5],
  [/^anthropic\.claude-opus-4-1/, { ...THINKING_CLAUDE, sampling: "one", maxOutputTokens: 32_000 }],
  [/^anthropic\.claude-opus-4-\d{8}/, { ...THINKING_CLAUDE, maxOutputTokens: 32_000 }],
  [/^anthropic\.claude-(sonnet-4-\d{8}|3-7)/, { ...THINKING_CLAUDE, maxOutputTokens: 64_000 }],
  [/^anthropic\.claude-3-5-haiku/, { ...CLAUDE, images: false, toolResultMedia: [], maxOutputTokens: 8192 }],
  [/^anthropic\.claude-3-5/, { ...CLAUDE, maxOutputTokens: 8192 }],
  [/^anthropic\.claude-3/, { ...CLAUDE, maxOutputTokens: 4096 }],
  [/^anthropic\.claude-(v\d|instant)/, { ...PLAIN, ...NO_CACHE }],
  [/^anthropic\.claude-/, NEWEST_CLAUDE],

  [
    /^amazon\.nova-2/,
    {
      ...NOVA,
      maxOutputTokens: 65_535,
      webSearch: true,
      reasoning: { kind: "nova", efforts: LOW_TO_HIGH, off: "omit" },
    },
  ],
  [/^amazon\.nova-micro/, { ...NOVA, ...TEXT, maxOutputTokens: 10_000, toolResultMedia: [] }],
  [/^amazon\.nova-(pro|lite)/, { ...NOVA, maxOutputTokens: 10_000 }],
  [/^amazon\.nova-/, NOVA],
  [/^amazon\.titan-t/, { ...PLAIN, ...NO_CACHE, system: false, topK: "none" }],

  [/^openai\.gpt-oss-safeguard/, { ...GPT_OSS, tools: false }],
  [/^openai\.gpt-oss/, GPT_OSS],
  [/^openai\.gpt-5\.6/, { ...GPT, serviceTiers: [] }],
  [/^openai\.(gpt-|daybreak)/, GPT],
  [
    /^xai\.grok-4\.3/,
    { ...VISION, ...NO_CACHE, documents: false, reasoning: flat(efforts("none low medium high"), "effort") },
  ],
  [
    /^xai\./,
    {
      ...VISION,
      ...NO_CACHE,
      sampling: "none",
      topK: "none",
      reasoning: flat(efforts("low medium high xhigh"), "never"),
      reasoningReplay: "encrypted",
    },
  ],

  [/^deepseek\.r1/, { ...PLAIN, ...NO_CACHE, reasoning: { kind: "none", efforts: [], off: "never" } }],
  [/^deepseek\.v/, { ...TEXT, ...NO_CACHE, ...COMPILED, reasoning: flat(LOW_TO_HIGH, "omit") }],
  [/^moonshot(ai)?\.kimi-k3/, { ...KIMI, documents: false }],
  [/^moonshot(ai)?\.kimi-k2-thinking/, { ...KIMI, images: false }],
  [/^moonshot(ai)?\./, KIMI],
  [/^qwen\..*-vl-/, { ...VISION, ...NO_CACHE, ...COMPILED }],
  [/^qwen\./, { ...TEXT, ...NO_CACHE, ...COMPILED }],
  [/^google\.gemma-3-12b/, { ...VISION, ...NO_CACHE, ...COMPILED, tools: false }],
  [
    /^google\.gemma-4/,
    {
      ...VISION,
      ...NO_CACHE,
      ...COMPILED,
      documents: false,
      reasoning: flat(efforts("none low medium high"), "effort"),
    },
  ],
  [/^google\.gemma/, { ...VISION, ...NO_CACHE, ...COMPILED }],
  [/^minimax\./, { ...TEXT, ...NO_CACHE }],
  [
    /^zai\.glm-5\.3/,
    {
      ...TEXT,
      ...COMPILED,
      cachePoints: ["system", "messages"],
      cacheTtl: false,
      reasoning: flat(LOW_TO_HIGH, "omit"),
    },
  ],
  [/^zai\./, { ...TEXT, ...NO_CACHE, ...COMPILED }],
  [/^nvidia\.nemotron-nano-12b/, { ...VISION, ...NO_CACHE, ...COMPILED }],
  [/^nvidia\./, { ...TEXT, ...NO_CACHE, ...COMPILED }],

  [/^mistral\.(mistral-7b|mixtral)/, { ...MISTRAL, ...PLAIN, system: false }],
  [/^mistral\.pixtral/, { ...OLDER_MISTRAL, images: true }],
  [/^mistral\.mistral-(large|small)-24/, OLDER_MISTRAL],
  [/^mistral\.voxtral/, { ...MISTRAL, ...COMPILED, audio: true }],
  [/^mistral\.devstral/, { ...MISTRAL, ...COMPILED }],
  [/^mistral\./, { ...MISTRAL, ...COMPILED, images: true }],

  [/^meta\.llama(2|3-(8|70)b)/, { ...PLAIN, ...NO_CACHE, topK: "none" }],
  [/^meta\.llama(3-2-(11|90)b|4)/, { ...LLAMA, images: true }],
  [/^meta\.llama/, LLAMA],

  // With its own template, and what the host of imported models adds to every model.
  [
    /^imported\.openai/,
    { ...VISION, ...NO_CACHE, structuredOutput: "native", reasoning: flat(LOW_TO_HIGH, "omit") },
  ],

  [/^writer\..*vision/, { ...VISION, ...NO_CACHE }],
  [/^(cohere\.command-(light-)?text|ai21\.j2)/, { ...PLAIN, ...NO_CACHE, system: false, topK: "none" }],
  [/^(writer|cohere)\./, { ...TEXT, ...NO_CACHE }],
  [
    /^ai21\./,
    {
      ...TEXT,
      ...NO_CACHE,
      topK: "none",
      nativeSampling: ["frequency_penalty", "presence_penalty"],
      streamingTools: false,
    },
  ],
];
