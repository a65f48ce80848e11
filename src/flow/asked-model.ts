import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { CallContext } from "../context.ts";
import { isAllowed, requireAllowed } from "../gate/allowed-models.ts";
import { ownAccess } from "./own-access.ts";

/** What a request says of its model. */
export interface Asking {
  model: string;
  model_id?: string | null | undefined;
}

/**
 * Where a request wants to go: in its own words, and where the operator sends this caller.
 * @throws BedrockOpenAIError 403 for a model that the caller may not name.
 */
export function askedModel(calling: CallContext, { model, model_id }: Asking): AskedModel {
  const { record, observe } = calling;
  const modelId = model_id ?? undefined;
  record.asked = model;
  requireAllowed(calling, { model, modelId });
  observe.asked(calling);
  const mayHear = calling.caller.models && ((name: string) => isAllowed(calling, name));
  return { model, modelId, own: ownAccess(calling), ...(mayHear && { mayHear }) };
}
