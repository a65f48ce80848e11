import { invalidRequest } from "../errors.ts";
import type { Courier } from "./courier.ts";
import { fromAwsError } from "./errors.ts";
import { nameModel } from "./models/resolve.ts";
import type { ModelAliases } from "./models/aliases.ts";

/** A request in AWS's own words. */
export interface AwsCall {
  method: string;
  /** As it stood in the URL, behind the mount: `/model/us.amazon.nova-pro-v1%3A0/converse`. */
  path: string;
  query: Record<string, string | string[]>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | undefined;
}

/** AWS's answer, whatever its status. */
export interface AwsAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
}

export type PassOn = (call: AwsCall, signal: AbortSignal) => Promise<AwsAnswer>;

const MODEL_PATH =
  /^\/model\/(.+)\/(converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)$/;

const SEGMENT = "[\\w.~!$'()*+,;=:@-]|%[0-9a-f]{2}";

/** Other operations of the runtime's that name no model in their path. Source: the `bedrock-runtime` service model. */
const OTHER_PATHS: readonly (readonly [string, RegExp])[] = [
  ["POST", new RegExp(`^/guardrail/(${SEGMENT})+/version/(DRAFT|\\d+)/apply$`, "i")],
  ["POST", /^\/guardrail-checks\/invoke$/],
  ["POST", /^\/async-invoke$/],
  ["GET", /^\/async-invoke$/],
  ["GET", new RegExp(`^/async-invoke/(${SEGMENT})+$`, "i")],
];

/** Bedrock's own paths: the caller's request under our signature, with the operator's names for models. */
export function createPassOn(courier: Courier, aliases: ModelAliases | undefined): PassOn {
  return async ({ method, path, query, headers, body }, signal) => {
    const place = placeOf(method, path, aliases);
    try {
      return await courier({
        operation: "InvokeModel",
        modelId: place.modelId,
        region: place.region,
        to: { host: "runtime", method, path: place.path, query, anyStatus: true },
        headers,
        body,
        signal,
      });
    } catch (thrown) {
      throw fromAwsError(thrown, place.modelId);
    }
  };
}

interface Place {
  modelId: string;
  region?: string | undefined;
  path: string;
}

/** @throws BedrockOpenAIError 404 for what cannot be a model, 400 for a path that the runtime does not have. */
function placeOf(method: string, path: string, aliases: ModelAliases | undefined): Place {
  const [, id, operation] = method === "POST" ? (MODEL_PATH.exec(path) ?? []) : [];
  if (id !== undefined) {
    const { place, region } = nameModel({ model: decoded(id) }, aliases);
    return { modelId: place.id, region, path: `/model/${encodeURIComponent(place.id)}/${operation}` };
  }
  const known = OTHER_PATHS.some(([verb, pattern]) => verb === method && pattern.test(path));
  if (!known || /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path))
    throw invalidRequest(`'${method} ${path.slice(0, 200)}' is none of Bedrock Runtime's operations.`);
  return { modelId: "bedrock", path };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
