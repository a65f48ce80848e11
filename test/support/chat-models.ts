import { nameModel, toTarget } from "../../src/bedrock/models/resolve.ts";
import * as dialects from "../../src/dialects/dialects.ts";
import { TRAITS_TABLE } from "../../src/bedrock/traits/traits-table.ts";
import { traitsOf } from "../../src/bedrock/traits/traits.ts";
import type { Traits } from "../../src/conversation/traits.ts";
import { FOUNDATION_MODELS } from "../../src/testing/catalogue/models.ts";

/** An ARN that hides its model: nothing is known of it. */
export const HIDDEN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";

/** Rerankers read and write text too, but nobody talks with them. */
const listed = FOUNDATION_MODELS.filter(({ id }) => !id.includes("rerank"))
  .filter(({ input, output }) => input.includes("TEXT") && output.includes("TEXT"))
  .map(({ id, prefixes }) => (prefixes[0] ? `${prefixes[0]}.${id}` : id));

/** Members of families that have a row of their own, and are not in the list any more or not yet. */
const unlisted = [
  "us.anthropic.claude-opus-4-20250514-v1:0",
  "anthropic.claude-3-5-sonnet-20240620-v1:0",
  "anthropic.claude-3-opus-20240229-v1:0",
  "anthropic.claude-v2:1",
  "us.anthropic.claude-sonnet-6",
  "us.anthropic.claude-mythos-5-1",
  "us.meta.llama3-2-11b-instruct-v1:0",
  "writer.palmyra-vision-7b",
  "cohere.command-r-v1:0",
  "cohere.command-text-v14",
  "mistral.mistral-large-2402-v1:0",
];

/** Everything that can be talked with. */
export const CHAT_MODELS: readonly string[] = [...new Set([...listed, ...unlisted, HIDDEN])];

/** What it can do on Converse, whichever surface would serve it. */
export const traitsFor = (model: string): Traits => {
  const named = nameModel({ model: `converse/${model}` });
  return toTarget(named, named.family ?? "", {}, () => ({}), dialects).traits;
};

const withoutGeo = (model: string): string => model.replace(/^(us-gov|us|eu|global)\./, "");

/** The row of the traits' table that decides for a model. */
export const rowOf = (model: string): RegExp | undefined =>
  TRAITS_TABLE.find(([pattern]) => pattern.test(withoutGeo(model)))?.[0];

/** A model that can do everything a table does not say, with what is said here. */
export const able = (traits: Partial<Traits> = {}): Traits => ({
  ...traitsOf("somebody.new-model"),
  ...traits,
});
