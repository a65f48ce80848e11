/** Patterns over foundation model ids, for the rows of the rules' tables. */

export const CLAUDE = /^anthropic\./;
/** Claude 4.5 and everything after it: an hour of cache. */
export const CLAUDE_FROM_4_5 = /^anthropic\.claude-(?:fable|mythos|(?:opus|sonnet|haiku)-(?:4-[5-9]|[5-9]))/;
/** Claude 4.6 and everything after it, unknown successors included. */
export const CLAUDE_FROM_4_6 = /^anthropic\.claude-(?:fable|mythos|(?:opus|sonnet|haiku)-(?:4-[6-9]|[5-9]))/;
/** Claude 4.7 and everything after it: thinking is adaptive, sampling is fixed. */
export const CLAUDE_FROM_4_7 = /^anthropic\.claude-(?:fable|mythos|(?:opus|sonnet|haiku)-(?:4-[7-9]|[5-9]))/;
export const NOVA = /^amazon\.nova-/;
export const NOVA_2 = /^amazon\.nova-2-/;
/** GPT-5.6 and everything after it; gpt-oss is another family. */
export const GPT = /^openai\.gpt-(?!oss)/;
export const GROK = /^xai\.grok/;

/** A profile of the US geography, by id or by ARN. */
export const US_PROFILE = /(?:^|\/)us\./;

/** The first row whose pattern matches; a table reads like a model list, longer names first. */
export function rowFor<T extends { models: RegExp }>(table: readonly T[], baseId: string): T | undefined {
  return table.find(({ models }) => models.test(baseId));
}
