import { BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { nearest } from "../catalogue/nearest.ts";
import type { ClientsOf } from "../clients/accounts.ts";
import { findProfiles, quoted } from "./inference-profiles.ts";
import { modelNotFound } from "./model-not-found.ts";
import type { AskedModel } from "../models/resolve.ts";
import type { Target } from "../models/target.ts";
import { Watch } from "../courier/watch.ts";

/** A hint is not worth more of the caller's time than this. */
const PATIENCE_MS = 2_000;

/** Of names that AWS or the operator gave; what is longer helps nobody. */
const MAX_NAME = 200;

/** Of what AWS says. */
const MAX_MESSAGE = 1_000;

/** OpenAI's own names lead nowhere by themselves. */
const OPENAIS = /^(gpt|o\d|chatgpt|text-embedding|text-davinci|davinci|babbage|dall-e|tts|whisper|omni)(-|$)/;

/** What of a target matters to whom it refused. */
export type Refused = Pick<
  Target,
  "modelId" | "family" | "region" | "account" | "surface" | "native" | "mayHear"
>;

/** Tells callers what would have worked. */
export interface Hints {
  /** Of a name that leads nowhere. */
  onName<T>(found: Promise<T>, asked: Pick<AskedModel, "model" | "mayHear">): Promise<T>;
  /** Of a target that AWS refuses. */
  onReply<T>(reply: Promise<T>, target: Refused): Promise<T>;
}

/** @param names The operator's own names for models. */
export function createHints(
  clientsOf: ClientsOf<"control">,
  catalogue: Pick<Catalogue, "idsWithin">,
  names: readonly string[],
): Hints {
  const withNearest = async (
    error: BedrockOpenAIError,
    asked: string,
    { account, mayHear = () => true }: Pick<Refused, "account" | "mayHear">,
  ): Promise<BedrockOpenAIError> => {
    // The catalogue is that of the options' account: what is in it need not be in another one.
    const listed = account === undefined ? await catalogue.idsWithin(PATIENCE_MS) : [];
    const known = [...names, ...(listed ?? [])];
    const meant = nearest(
      asked,
      known.filter((id) => id.length <= MAX_NAME && id !== asked && mayHear(id)),
    );
    const hints = [
      ...(meant.length > 0 ? [`Did you mean ${quoted(meant)}?`] : []),
      ...(OPENAIS.test(asked)
        ? [
            `Names of OpenAI's lead where the option \`models\` says: { ${quoted([asked.slice(0, MAX_NAME)])}: '<a model of Bedrock>' }.`,
          ]
        : []),
    ];
    if (hints.length === 0) return error;
    const { headers, cause } = error;
    return modelNotFound(`${shortened(error.message)} ${hints.join(" ")}`, { headers, cause });
  };

  return {
    onName: (found, { model, mayHear }) =>
      found.catch(async (thrown: unknown) => {
        throw isUnknown(thrown) ? await withNearest(thrown, model, { account: undefined, mayHear }) : thrown;
      }),
    onReply: (reply, target) =>
      reply.catch(async (thrown: unknown) => {
        // The caller may have written an alias: other ARNs are the operator's, and none is nearer than another.
        if (isUnknown(thrown) && !target.modelId.startsWith("arn:"))
          throw await withNearest(thrown, target.modelId, target);
        if (isFormUnknown(thrown, target)) throw withForms(thrown);
        if (isMantleDenied(thrown, target)) throw withMantleAction(thrown, target);
        throw needsProfile(thrown) ? await withProfiles(thrown, target, clientsOf) : thrown;
      }),
  };
}

/** A native body that the model does not take, where nobody told which one it takes. */
const isFormUnknown = (
  thrown: unknown,
  { surface, family, modelId }: Refused,
): thrown is BedrockOpenAIError =>
  surface === "invoke" &&
  family === "imported.openai" &&
  modelId.startsWith("arn:") &&
  BedrockOpenAIError.isInstance(thrown) &&
  thrown.status === 400 &&
  thrown.message.includes("Malformed input request");

const withForms = ({ message, param, code, headers, cause }: BedrockOpenAIError): BedrockOpenAIError =>
  invalidRequest(
    `${shortened(message)} This imported model may take another body: name it ('llama/<arn>', 'qwen3/<arn>', …, or ` +
      "`family` of an entry in the option `models`), or allow bedrock:GetImportedModel.",
    { param, code, headers, cause },
  );

const isMantleDenied = (thrown: unknown, { native }: Refused): thrown is BedrockOpenAIError =>
  native?.host === "mantle" && BedrockOpenAIError.isInstance(thrown) && thrown.code === "model_not_available";

const withMantleAction = (
  { status, type, code, param, headers, cause }: BedrockOpenAIError,
  { modelId }: Refused,
): BedrockOpenAIError =>
  new BedrockOpenAIError(
    status,
    `This AWS identity may not call '${modelId}'. Allow bedrock-mantle:CreateInference, and check that the account has ` +
      "access to the model in this Region.",
    { type, code, param, headers, cause },
  );

const shortened = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;

/** Of a model that has ended, its name is not what is wrong. */
const isUnknown = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) &&
  thrown.code === "model_not_found" &&
  !/end of (its )?life|legacy/i.test(thrown.message);

const needsProfile = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "inference_profile_required";

/** Names the profiles that exist, where AWS wants one and will tell. */
async function withProfiles(
  error: BedrockOpenAIError,
  { modelId, region, account }: Refused,
  clientsOf: ClientsOf<"control">,
): Promise<BedrockOpenAIError> {
  const profiles = await inTime(findProfiles(() => clientsOf(account).control(region), modelId));
  if (profiles.length === 0) return error;
  return invalidRequest(
    `'${modelId}' cannot be called by its base id; Bedrock serves it through an inference profile. ` +
      `Use ${quoted(profiles)}.`,
    { code: error.code, param: error.param, headers: error.headers, cause: error.cause },
  );
}

/** Raced: the SDK does not stop looking for credentials when a signal fires. */
async function inTime(profiles: Promise<string[]>): Promise<string[]> {
  const watch = new Watch(new AbortController().signal);
  watch.expect(PATIENCE_MS);
  try {
    return await watch.race(profiles);
  } catch {
    return [];
  } finally {
    watch.end();
  }
}
