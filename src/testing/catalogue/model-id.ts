import { validationError } from "../aws-error.ts";
import { modelBehind } from "./model-behind.ts";
import { FOUNDATION_MODELS } from "./models.ts";
import type { FoundationModel } from "./models.ts";

/** The model behind an id or ARN. */
export interface Model {
  /** As the caller wrote it. */
  readonly id: string;
  /** The foundation model's id; empty when an ARN hides it, and then the model can do everything. */
  readonly baseId: string;
  readonly row?: FoundationModel;
}

const GEO = /^(us-gov|us|eu|apac|jp|au|ca|in|global|sa|me|af|il|mx)\.(?=[a-z0-9]+\.)/;

/** Kinds of ARN, and where the foundation model's id stands in them, if it does. */
const ARN =
  /^arn:aws[a-z-]*:(?:bedrock:[a-z0-9-]*:\d*:(?:(foundation-model|inference-profile)\/(.+)|(?:application-inference-profile|provisioned-model|custom-model-deployment|custom-model|imported-model|(?:default-)?prompt-router|prompt)\/.+)|sagemaker:[a-z0-9-]+:\d{12}:endpoint\/.+)$/;

/** Families whose further members are taken at their word. */
const FAMILIES =
  /^(ai21\.(jamba|j2)|amazon\.(nova|titan|rerank)|anthropic\.claude|cohere\.(command|embed|rerank)|deepseek\.|google\.gemma|meta\.llama|minimax\.|mistral\.|moonshot(ai)?\.kimi|nvidia\.nemotron|openai\.gpt|qwen\.|stability\.|twelvelabs\.|writer\.palmyra|xai\.grok|zai\.glm)/;

/** Families of which no member may be called by its bare id, for ids without a row. */
const PROFILE_ONLY =
  /^(anthropic\.claude-(3-5-sonnet-20241022|3-5-haiku|opus|sonnet|haiku|fable|mythos)|meta\.llama(3-[2-9]-|[4-9])|deepseek\.r1|amazon\.nova-(premier|2-(lite|pro))|mistral\.pixtral|writer\.palmyra-x|openai\.gpt-(5\.6|6)|xai\.grok|moonshotai\.kimi-k3|zai\.glm-5\.3)/;

/** Models that Converse does not serve at all. */
const NOT_CONVERSE =
  /embed|rerank|image-generator|canvas|reel|sonic|^stability\.|^twelvelabs\.|^luma\.|gemma-4|grok-4\.3|gpt-5\.[45]$/;

/** Models that InvokeModel does not serve, though another API may. */
const NOT_INVOKE =
  /^openai\.gpt-(?!oss)|^google\.gemma-4|^xai\.grok-4\.3|^meta\.llama3-1-405b|^writer\.palmyra-vision|sonic/;

const INVALID = "The provided model identifier is invalid.";

/** Finds a model for Converse, or refuses as AWS does: unknown id, no on-demand throughput, not a chat model. */
export function resolveModel(id: string): Model {
  const model = findModel(id);
  if (!NOT_CONVERSE.test(model.baseId || (modelBehind(id) ?? ""))) return model;
  throw validationError(
    "This action doesn't support the model that you provided. Try again with a supported text or chat model.",
  );
}

/** Finds a model for InvokeModel, or refuses as AWS does. */
export function resolveInvokedModel(id: string): Model {
  const model = findModel(id);
  if (NOT_INVOKE.test(model.baseId)) throw validationError(INVALID);
  return model;
}

/** Finds a model by its base id alone, which is how tokens are counted, whether or not it may be called by it. */
export function resolveBaseModel(id: string): Model {
  const row = FOUNDATION_MODELS.find((model) => model.id === id);
  if (!row && !FAMILIES.test(id)) throw validationError(INVALID);
  return { id, baseId: id, ...(row && { row }) };
}

function findModel(id: string): Model {
  const { baseId, viaProfile, open } = locate(id);
  if (open) return { id, baseId: "" };
  const row = FOUNDATION_MODELS.find((model) => model.id === baseId);
  const geo = GEO.exec(id)?.[1];
  const known = row ? !geo || row.prefixes.includes(geo) : FAMILIES.test(baseId);
  if (!known) throw validationError(INVALID);
  if (!viaProfile && !(row ? row.onDemand : !PROFILE_ONLY.test(baseId))) {
    throw validationError(
      `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN ` +
        "of an inference profile that contains this model.",
    );
  }
  return { id, baseId, ...(row && { row }) };
}

function locate(id: string): { baseId: string; viaProfile: boolean; open?: boolean } {
  if (!id.startsWith("arn:")) return { baseId: id.replace(GEO, ""), viaProfile: GEO.test(id) };
  const arn = ARN.exec(id);
  if (!arn) throw validationError(INVALID);
  const [, kind, tail = ""] = arn;
  const baseId = tail.replace(GEO, "");
  if (!kind || !FAMILIES.test(baseId)) return { baseId: "", viaProfile: true, open: true };
  return { baseId, viaProfile: kind === "inference-profile" };
}
