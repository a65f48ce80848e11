import { BedrockOpenAIError, invalidRequest } from "../errors.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { nearest } from "./catalogue/nearest.ts";
import type { Clients } from "./clients.ts";
import { findProfiles, quoted } from "./inference-profiles.ts";
import { modelNotFound } from "./model-not-found.ts";
import type { Target } from "./models/target.ts";

/** A hint is not worth more of the caller's time than this. */
const PATIENCE_MS = 2_000;

/** Tells callers what would have worked. */
export interface Hints {
  /** Of a name that leads nowhere. */
  onName<T>(found: Promise<T>, asked: string): Promise<T>;
  /** Of a target that AWS refuses. */
  onReply<T>(reply: Promise<T>, target: Target): Promise<T>;
}

/** @param names The operator's own names for models. */
export function createHints(
  clients: Clients,
  catalogue: Pick<Catalogue, "idsWithin">,
  names: readonly string[],
): Hints {
  const withNearest = async (error: BedrockOpenAIError, asked: string): Promise<BedrockOpenAIError> => {
    const known = [...names, ...((await catalogue.idsWithin(PATIENCE_MS)) ?? [])];
    const meant = nearest(asked, known);
    if (meant.length === 0) return error;
    const { headers, cause } = error;
    return modelNotFound(`${error.message} Did you mean ${quoted(meant)}?`, { headers, cause });
  };

  return {
    async onName(found, asked) {
      try {
        return await found;
      } catch (thrown) {
        throw isUnknown(thrown) ? await withNearest(thrown, asked) : thrown;
      }
    },
    async onReply(reply, target) {
      try {
        return await reply;
      } catch (thrown) {
        if (isUnknown(thrown)) throw await withNearest(thrown, target.modelId);
        throw needsProfile(thrown) ? await withProfiles(thrown, target, clients) : thrown;
      }
    },
  };
}

const isUnknown = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "model_not_found";

const needsProfile = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "inference_profile_required";

/** Names the profiles that exist, where AWS wants one and will tell. */
async function withProfiles(
  error: BedrockOpenAIError,
  { modelId, region }: Target,
  clients: Clients,
): Promise<BedrockOpenAIError> {
  const profiles = await findProfiles(() => clients.control(region), modelId);
  if (profiles.length === 0) return error;
  return invalidRequest(
    `'${modelId}' cannot be called by its base id; Bedrock serves it through an inference profile. ` +
      `Use ${quoted(profiles)}.`,
    { code: error.code, param: error.param, headers: error.headers, cause: error.cause },
  );
}
