import { type BedrockOpenAIHandler, describeModel, type ModelDescription } from "../../../src/index.ts";
import type { CallCheck } from "./calls.ts";
import { isListedByDefault, type ListedModel } from "../models/list.ts";

/** Where a listed model is served. */
export type Served = ListedModel & { place: ModelDescription };

/** Small and cheap ones first; what is on no line comes last, in the list's order. */
const CHEAP: readonly RegExp[] = [
  /nova-micro/,
  /nova-(2-)?lite/,
  /titan-embed-text-v2/,
  /gpt-oss-20b/,
  /haiku/,
  /embed-(english|multilingual)/,
  /(ministral|mistral-7b|llama3.*-[138]b|gemma)/,
  /titan-embed|embed-v4/,
];

/** Two vendors may both be closed to an account, hardly three. */
const MOST = 3;

/** Where each model of the list is served; no ARN, which would have to be looked up. */
export async function locate(
  models: readonly ListedModel[],
  handler: BedrockOpenAIHandler,
): Promise<readonly Served[]> {
  const ids = models.filter((model) => isListedByDefault(model) && !model.id.startsWith("arn:"));
  const served = await Promise.all(
    ids.map(async (model) => {
      const place = await describeModel(model.id, handler).catch(() => undefined);
      return place ? [{ ...model, place }] : [];
    }),
  );
  return served.flat();
}

/** The ids to try for a call, the cheapest first, each of another vendor. */
export function candidatesFor({ serves }: CallCheck, models: readonly Served[]): readonly string[] {
  const able = models
    .filter(({ place }) => serves?.(place) === true)
    .toSorted((one, other) => costOf(one.id) - costOf(other.id));
  const vendors = new Map<string, string>();
  for (const { id, owned_by: vendor } of able) if (!vendors.has(vendor)) vendors.set(vendor, id);
  return [...vendors.values()].slice(0, MOST);
}

function costOf(id: string): number {
  const line = CHEAP.findIndex((pattern) => pattern.test(id));
  return line === -1 ? CHEAP.length : line;
}
