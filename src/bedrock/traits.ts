import type { Traits } from "../conversation/traits.ts";

const OPEN: Traits = {
  sampling: "both",
  stopSequences: true,
  system: true,
  tools: true,
  toolIds: "bedrock",
  images: true,
  toolChoice: ["auto", "any", "tool"],
  streamingTools: true,
  parallelToolControl: false,
  prefill: true,
  structuredOutput: "tool",
};

/** Thinks always or by default: no sampling, no prefill. Unknown Claude models behave like this. */
const NEW_CLAUDE: Partial<Traits> = { sampling: "none", parallelToolControl: true, prefill: false };

/** Models that can do nothing but continue a text conversation. */
const PLAIN: Partial<Traits> = { tools: false, images: false, structuredOutput: "instruction" };

/**
 * First match wins, so longer names stand before the names they contain. The last row of a vendor is its default.
 * Source: reference of AWS model cards, §C.1–C.3.
 */
const TABLE: readonly (readonly [RegExp, Partial<Traits>])[] = [
  [
    /^anthropic\.claude-(opus|sonnet)-4-6/,
    { parallelToolControl: true, prefill: false, structuredOutput: "native" },
  ],
  [
    /^anthropic\.claude-(opus|sonnet|haiku)-4-5/,
    { sampling: "one", parallelToolControl: true, structuredOutput: "native" },
  ],
  [/^anthropic\.claude-(opus|haiku|sonnet|fable)-(4-7|4-8|5)(?!-\d)/, NEW_CLAUDE],
  [/^anthropic\.claude-haiku-5-5/, NEW_CLAUDE],
  [/^anthropic\.claude-opus-4-1/, { sampling: "one" }],
  [/^anthropic\.claude-(opus|sonnet)-4-\d{8}/, {}],
  [/^anthropic\.claude-(v\d|instant|3)/, {}],
  [/^anthropic\.claude-/, { ...NEW_CLAUDE, toolChoice: ["auto"] }],
  [/^amazon\.nova-micro/, { images: false }],
  [/^amazon\.titan-t/, { ...PLAIN, system: false }],
  [/^deepseek\.r1/, PLAIN],
  [/^ai21\./, { images: false, streamingTools: false }],
  [/^(deepseek|cohere)\./, { images: false }],
  [/^openai\.gpt-oss-safeguard/, { ...PLAIN, stopSequences: false }],
  [/^openai\.gpt-oss/, { stopSequences: false, images: false }],
  [/^openai\.gpt-/, { sampling: "none", stopSequences: false }],
  [/^meta\.llama3-(8|70)b/, PLAIN],
  [/^meta\.llama(3-2-(11|90)b|4)/, { toolChoice: [], streamingTools: false }],
  [/^meta\.llama/, { toolChoice: [], streamingTools: false, images: false }],
  [/^mistral\.(mistral-7b|mixtral)/, { ...PLAIN, system: false }],
  [/^mistral\.(mistral-(large|small)-24|pixtral)/, { toolChoice: ["auto", "any"], toolIds: "mistral" }],
  [/^mistral\./, { toolIds: "mistral" }],
  [/^xai\./, { sampling: "none" }],
];

/** The operator's own rows, by pattern. */
export type TraitOverrides = Readonly<Record<string, Partial<Traits>>>;

/**
 * @param family A model id without geo prefix: `anthropic.claude-sonnet-4-5-20250929-v1:0`.
 * @param overrides Win over the table, trait by trait.
 */
export function traitsOf(family: string, overrides: TraitOverrides = {}): Traits {
  const row = TABLE.find(([pattern]) => pattern.test(family));
  const override = Object.entries(overrides).find(([pattern]) => matches(pattern, family));
  return { ...OPEN, ...row?.[1], ...override?.[1] };
}

/** `*` stands for any characters, everything else for itself. */
function matches(pattern: string, text: string): boolean {
  const literals = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literals.join(".*")}$`).test(text);
}
