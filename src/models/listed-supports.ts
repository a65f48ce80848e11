import type { CatalogueEntry } from "../bedrock/catalogue/entry.ts";
import type { CallContext } from "../context.ts";
import { type Supports, supportsOf } from "./supports.ts";

/**
 * What a listed model can be asked for; undefined for what does not chat. AWS is not asked: an ARN is taken for the model
 * that the list names behind it.
 */
export async function listedSupports(
  { id, mode, baseModel }: CatalogueEntry,
  { bedrock, signal }: Pick<CallContext, "bedrock" | "signal">,
): Promise<Supports | undefined> {
  const name = id.startsWith("arn:") ? baseModel : id;
  if (mode !== "chat" || name === undefined) return undefined;
  try {
    return supportsOf((await bedrock.resolve({ model: name }, signal)).traits);
  } catch {
    // A list is worth more than its last detail.
    return undefined;
  }
}
