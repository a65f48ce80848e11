import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { CallContext } from "../context.ts";

interface Asking {
  model: string;
  model_id?: string | null | undefined;
}

/** Where a request wants to go: in its own words, and where the operator sends this caller. */
export function askedModel(
  { caller, record }: Pick<CallContext, "caller" | "record">,
  { model, model_id: modelId }: Asking,
): AskedModel {
  record.asked = model;
  return { model, modelId: modelId ?? undefined, own: caller.target };
}
