import type { Account } from "../account.ts";
import { AwsError } from "../aws-error.ts";

const IMPORTED = /:imported-model\/([a-z0-9]{12})$/;
const CALLS_UNTIL_AWAKE = 2;

/** A model that the account has imported; undefined for every other id. Its id tells what it is like. */
export function importedModel(modelId: string): { cold: boolean; old: boolean } | undefined {
  const id = IMPORTED.exec(modelId)?.[1];
  return id === undefined ? undefined : { cold: id.startsWith("cold"), old: id.startsWith("old") };
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
