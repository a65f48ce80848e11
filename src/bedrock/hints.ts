import { BedrockOpenAIError, invalidRequest } from "../errors.ts";
import type { Clients } from "./clients.ts";
import { findProfiles, quoted } from "./inference-profiles.ts";
import type { Target } from "./models/target.ts";

/** Tells callers what would have worked. */
export interface Hints {
  on<T>(reply: Promise<T>, target: Target): Promise<T>;
}

export function createHints(clients: Clients): Hints {
  return {
    async on(reply, target) {
      try {
        return await reply;
      } catch (thrown) {
        if (!BedrockOpenAIError.isInstance(thrown)) throw thrown;
        throw await withProfiles(thrown, target, clients);
      }
    },
  };
}

/** Names the profiles that exist, where AWS wants one and will tell. */
async function withProfiles(
  error: BedrockOpenAIError,
  { modelId, region }: Target,
  clients: Clients,
): Promise<BedrockOpenAIError> {
  if (error.code !== "inference_profile_required") return error;
  const profiles = await findProfiles(() => clients.control(region), modelId);
  if (profiles.length === 0) return error;
  return invalidRequest(
    `'${modelId}' cannot be called by its base id; Bedrock serves it through an inference profile. ` +
      `Use ${quoted(profiles)}.`,
    { code: error.code, param: error.param, headers: error.headers, cause: error.cause },
  );
}
