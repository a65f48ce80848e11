import type { CatalogueEntry } from "../bedrock/catalogue/entry.ts";
import type { CallContext } from "../context.ts";
import { type Supports, supportsOf } from "./supports.ts";

/**
 * What a listed model can be asked for; undefined for what does not chat. AWS is not asked: an ARN hides the model that the
 * list names behind it.
 */
export async function listedSupports(
  { id, mode, baseModel }: CatalogueEntry,
  { bedrock, signal }: Pick<CallContext, "bedrock" | "signal">,
): Promise<Supports | undefined> {
  const asked = id.startsWith("arn:") ? { model: baseModel, modelId: id } : { model: id };
  const { model } = asked;
  if (mode !== "chat" || model === undefined) return undefined;
  try {
    const target = await bedrock.resolve({ ...asked, model }, signal);
    // What it can do, one surface makes up for the other.
    return supportsOf((target.instead ?? target).traits);
  } catch {
    // A list is worth more than its last detail.
    return undefined;
  }
}
