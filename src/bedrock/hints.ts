import { BedrockOpenAIError, invalidRequest } from "../errors.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { nearest } from "./catalogue/nearest.ts";
import type { Clients } from "./clients.ts";
import { findProfiles, quoted } from "./inference-profiles.ts";
import { modelNotFound } from "./model-not-found.ts";
import type { Target } from "./models/target.ts";
import { createWatch } from "./watch.ts";

/** A hint is not worth more of the caller's time than this. */
const PATIENCE_MS = 2_000;

/** Of names that AWS or the operator gave; what is longer helps nobody. */
const MAX_NAME = 200;

/** Of what AWS says. */
const MAX_MESSAGE = 1_000;

/** Tells callers what would have worked. */
export interface Hints {
  /** Of a name that leads nowhere. */
  onName<T>(found: Promise<T>, asked: string): Promise<T>;
  /** Of a target that AWS refuses. */
  onReply<T>(reply: Promise<T>, target: Target): Promise<T>;
}

/** @param names The operator's own names for models. */
export function createHints(
  clients: Pick<Clients, "control">,
  catalogue: Pick<Catalogue, "idsWithin">,
  names: readonly string[],
): Hints {
  const withNearest = async (error: BedrockOpenAIError, asked: string): Promise<BedrockOpenAIError> => {
    const known = [...names, ...((await catalogue.idsWithin(PATIENCE_MS)) ?? [])];
    const meant = nearest(
      asked,
      known.filter(({ length }) => length <= MAX_NAME),
    );
    if (meant.length === 0) return error;
    const { headers, cause } = error;
    return modelNotFound(`${shortened(error.message)} Did you mean ${quoted(meant)}?`, { headers, cause });
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
        // The caller may have written an alias: other ARNs are the operator's, and none is nearer than another.
        if (isUnknown(thrown) && !target.modelId.startsWith("arn:"))
          throw await withNearest(thrown, target.modelId);
        throw needsProfile(thrown) ? await withProfiles(thrown, target, clients) : thrown;
      }
    },
  };
}

const shortened = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;

const isUnknown = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "model_not_found";

const needsProfile = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "inference_profile_required";

/** Names the profiles that exist, where AWS wants one and will tell. */
async function withProfiles(
  error: BedrockOpenAIError,
  { modelId, region }: Target,
  clients: Pick<Clients, "control">,
): Promise<BedrockOpenAIError> {
  const profiles = await inTime(findProfiles(() => clients.control(region), modelId));
  if (profiles.length === 0) return error;
  return invalidRequest(
    `'${modelId}' cannot be called by its base id; Bedrock serves it through an inference profile. ` +
      `Use ${quoted(profiles)}.`,
    { code: error.code, param: error.param, headers: error.headers, cause: error.cause },
  );
}

/** Raced: the SDK does not stop looking for credentials when a signal fires. */
async function inTime(profiles: Promise<string[]>): Promise<string[]> {
  const watch = createWatch(new AbortController().signal);
  watch.expect(PATIENCE_MS);
  try {
    return await watch.race(profiles);
  } catch {
    return [];
  } finally {
    watch.end();
  }
}
