import type { AccountKind } from "./account-resources.ts";
import { ACCOUNT_ID, APPLICATION_PROFILES, CUSTOM_MODEL, PROVISIONED_MODELS } from "./account-resources.ts";

const OWNED = new RegExp(`^arn:aws[a-z-]*:bedrock:[a-z0-9-]+:${ACCOUNT_ID}:([a-z-]+)/(.+)$`);

/** Resources with one model behind them; routers have several, and imported models are none of AWS's. */
const BEHIND: { [K in AccountKind]?: (id: string) => string | undefined } = {
  "application-inference-profile": (id) => APPLICATION_PROFILES.find((profile) => profile.id === id)?.modelId,
  "provisioned-model": (id) => PROVISIONED_MODELS.find((model) => model.id === id)?.foundationModelId,
  "custom-model-deployment": (id) =>
    id === CUSTOM_MODEL.deploymentId ? CUSTOM_MODEL.baseModelId : undefined,
};

/** The foundation model that an ARN of the account hides; undefined where the account does not own it. */
export function modelBehind(arn: string): string | undefined {
  const [, kind = "", id = ""] = OWNED.exec(arn) ?? [];
  return Object.hasOwn(BEHIND, kind) ? BEHIND[kind as AccountKind]?.(id) : undefined;
}
