import type { Model } from "../catalogue/model-id.ts";
import { FOUNDATION_MODELS } from "../catalogue/models.ts";
import { NativeError } from "./native-error.ts";
import { NATIVE_MODELS } from "./models.ts";
import type { Api, Base, NativeModel } from "./models.ts";

export type Host = "runtime" | "mantle";

/** A path of one host: which API it is, and of mantle's two bases which. */
export interface Place {
  host: Host;
  api: Api;
  base?: Base;
}

const PATHS: Record<Api, string> = {
  chat: "/v1/chat/completions",
  responses: "/v1/responses",
  messages: "/v1/messages",
};

const GEO = /^(us-gov|us|eu|apac|jp|au|ca|in|global)\.(?=[a-z0-9]+\.)/;
/** ARNs that say nothing but an id. */
const TRANSPARENT = /^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:foundation-model|inference-profile)\/(.+)$/;
const APPLICATION = /^arn:aws[a-z-]*:bedrock:.*:application-inference-profile\//;

/** Finds the model that a body names, or refuses as the host does. */
export function resolveNative(id: string, place: Place): Model {
  if (APPLICATION.test(id)) throw unsupported(id, place.api);
  return place.host === "runtime" ? onRuntime(id, place.api) : onMantle(id, place);
}

/** Whether mantle, and not the runtime, serves this id on this path. */
export function onlyOnMantle(id: string, place: Place): boolean {
  const row = mantleRow(id);
  return row !== undefined && row.mantleApis.includes(place.api) && row.base === place.base;
}

function onRuntime(id: string, api: Api): Model {
  const arn = id.startsWith("arn:");
  const name = arn ? TRANSPARENT.exec(id)?.[1] : id;
  if (name === undefined) throw unsupported(id, api);
  const geo = GEO.exec(name)?.[1];
  const baseId = name.replace(GEO, "");
  const row = FOUNDATION_MODELS.find((model) => model.id === baseId);
  if (!row || (geo !== undefined && !row.prefixes.includes(geo))) throw unknown(id);
  const native = NATIVE_MODELS.find(({ runtimeId }) => runtimeId === baseId);
  if (!native?.runtimeApis.includes(api)) throw unsupported(id, api);
  if (geo === undefined && !row.onDemand) {
    throw new NativeError(
      `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN ` +
        "of an inference profile that contains this model.",
    );
  }
  return { id, baseId, row };
}

/** Mantle knows bare ids, and neither profiles nor ARNs. */
function onMantle(id: string, { api, base }: Place): Model {
  const native = mantleRow(id);
  if (!native) throw unknown(id);
  if (!native.mantleApis.includes(api)) throw unsupported(id, api);
  if (native.base !== base) throw new NativeError(`The model '${id}' isn't supported on this route.`);
  const { row, runtimeId } = native;
  return { id, baseId: runtimeId || id, ...(row && { row }) };
}

function mantleRow(id: string): NativeModel | undefined {
  return NATIVE_MODELS.find(({ mantleId }) => mantleId !== "" && mantleId === id);
}

function unknown(id: string): NativeError {
  return new NativeError(`The model '${id}' does not exist or you do not have access to it.`, {
    status: 404,
    code: "model_not_found",
  });
}

function unsupported(id: string, api: Api): NativeError {
  return new NativeError(`The model '${id}' does not support the '${PATHS[api]}' API`);
}
