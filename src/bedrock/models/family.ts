import type { ModelArn } from "./arn.ts";
import type { ModelName } from "./model-name.ts";

const GEO_PREFIX = /^(us-gov|us|eu|apac|jp|au|ca|in|global|sa|me|af|il|mx)\.(?=[\w-]+\.)/;

/** `amazon.nova-pro-v1:0:300k`: a variant with a context of its own. */
const VARIANT = /:\d+[km]$/;

/** Every model of Bedrock's has a vendor. */
const VENDOR = /^[a-z0-9]+\./;

/** The geography or `global` of an inference profile's id. */
export const geoOf = (id: string): string | undefined => GEO_PREFIX.exec(id)?.[1];

export const withoutGeo = (id: string): string => id.replace(GEO_PREFIX, "");

/**
 * The base id that a name states, such as `anthropic.claude-sonnet-4-5-20250929-v1:0`; undefined where an ARN hides it or
 * the name is not one of Bedrock's.
 */
export function familyOf({ id, arn, family, route }: ModelName): string | undefined {
  if (family) return family;
  if (arn?.kind === "imported-model" && route === "openai") return "imported.openai";
  return familyOfId(arn ? shownBy(arn) : id);
}

export function familyOfId(id: string): string | undefined {
  const base = withoutGeo(id).replace(VARIANT, "");
  return VENDOR.test(base) ? base : undefined;
}

/** What is imported is called in its own body, whatever its base is called by. */
const IMPORTED: readonly (readonly [RegExp, string])[] = [
  [/gpt.?oss|openai/, "imported.openai"],
  [/llama/, "imported.llama"],
  [/deepseek/, "imported.deepseek_r1"],
  [/qwen.?3/, "imported.qwen3"],
  [/qwen/, "imported.qwen2"],
  [/mi[sx]tral/, "imported.mistral"],
];

/** The family of an imported model by an operator's or AWS's word for it: `llama`, `meta.llama3-1-8b-instruct-v1:0`. */
export function importedFamily(word: string, otherwise = "imported.openai"): string {
  if (word.startsWith("imported.")) return word;
  return IMPORTED.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1] ?? otherwise;
}

const SHOWN: ReadonlySet<ModelArn["kind"]> = new Set([
  "foundation-model",
  "inference-profile",
  "custom-model",
]);

/** A custom model's ARN has its base before its own id: `custom-model/amazon.nova-micro-v1:0:128k/abc123def456`. */
const shownBy = ({ kind, name }: ModelArn): string => (SHOWN.has(kind) ? name.replace(/\/.*/, "") : "");
