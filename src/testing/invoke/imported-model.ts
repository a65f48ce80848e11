import type { Account } from "../account.ts";
import { AwsError } from "../aws-error.ts";
import { IMPORTED_MODELS } from "../catalogue/account-resources.ts";

const IMPORTED = /:imported-model\/([a-z0-9]{12})$/;
const CALLS_UNTIL_AWAKE = 2;

/** What an imported model is like. */
export interface Imported {
  /** It sleeps until it has been called. */
  cold: boolean;
  /** It knows the one format of its architecture. */
  old: boolean;
  /** AWS's `modelArchitecture`, where the account lists the model. */
  architecture: string | undefined;
}

/** A model that the account has imported; undefined for every other id. Its id tells what it is like. */
export function importedModel(modelId: string): Imported | undefined {
  const id = IMPORTED.exec(modelId)?.[1];
  if (id === undefined) return undefined;
  const architecture = IMPORTED_MODELS.find((model) => model.id === id)?.architecture;
  return { cold: id.startsWith("cold"), old: id.startsWith("old"), architecture };
}

/** An import that nobody has used for a while is not ready; the first two calls wake it. */
export function wakeModel({ coldCalls }: Account, modelId: string): void {
  if (!importedModel(modelId)?.cold) return;
  const calls = coldCalls.get(modelId) ?? 0;
  coldCalls.set(modelId, calls + 1);
  if (calls >= CALLS_UNTIL_AWAKE) return;
  throw new AwsError(
    "ModelNotReadyException",
    "Model is not ready for inference. Wait and try your request again.",
  );
}
