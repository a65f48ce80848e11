import { BedrockOpenAIError } from "../errors.ts";
import type { Courier } from "./courier/courier.ts";
import { fromAwsError } from "./errors/errors.ts";
import { modelNotFound } from "./errors/model-not-found.ts";
import type { ModelAliases, ModelEntry } from "./models/aliases.ts";
import { allows } from "./models/allows.ts";
import type { Place } from "./models/target.ts";
import { type AccountOf, type Named, nameModel } from "./models/resolve.ts";
import { readRuntimePath, type RuntimePath } from "./runtime-paths.ts";

/** A request in AWS's own words. */
export interface AwsCall {
  method: string;
  /** As it stood in the URL, behind the mount: `/model/us.amazon.nova-pro-v1%3A0/converse`. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | undefined;
}

/** Who asks, beyond the request's own words. */
export interface OnBehalf {
  /** What is to be said of every name for this call alone. */
  own?: ModelEntry | undefined;
  /** The caller may name only these models, and call nothing else. Default: everything. */
  models?: readonly string[] | undefined;
  /** Told where the call goes, before it does. */
  sending?: (to: Destination) => Promise<void>;
}

/** Where a call goes. */
export interface Destination extends Pick<Place, "modelId" | "family" | "region" | "account"> {
  /** The model in the caller's words; what is no model's is told by its path. */
  asked: string;
}

/** AWS's answer, whatever its status. */
export interface AwsAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
}

export type PassOn = (call: AwsCall, signal: AbortSignal, onBehalf?: OnBehalf) => Promise<AwsAnswer>;

/** Bedrock's own paths: the caller's request under our signature, with the operator's names for models. */
export function createPassOn(
  courier: Courier,
  aliases: ModelAliases | undefined,
  accountOf: AccountOf = () => undefined,
): PassOn {
  return async ({ method, path, query, headers, body }, signal, { own, models, sending } = {}) => {
    const asked = readRuntimePath(method, path);
    if (!asked) throw unknownOperation(method, path);
    if (models) requireModelOf(models, asked, aliases);
    const { id, family, region, account } = asked.isModel
      ? placeOf(nameModel({ model: asked.name, own }, aliases, accountOf), asked.name)
      : {
          id: asked.name,
          family: undefined,
          region: own?.region ?? asked.region,
          account: own && accountOf(own, own),
        };
    const shown = asked.isModel ? asked.name : asked.head;
    const modelId = asked.isModel ? id : asked.head;
    await sending?.({ asked: shown, modelId, family: family ?? "", region, account });
    try {
      return await courier({
        operation: "InvokeModel",
        modelId: id || "bedrock",
        region,
        account,
        to: {
          host: "runtime",
          method,
          path: `${asked.head}${encodeURIComponent(id)}${asked.tail}`,
          query: queryFor(asked, query),
          anyStatus: true,
        },
        headers,
        body,
        signal,
      });
    } catch (thrown) {
      throw fromAwsError(thrown, id || "bedrock");
    }
  };
}

/** @throws BedrockOpenAIError 404 for what cannot be a model of AWS's. */
function placeOf(named: Named, model: string): Pick<Named, "family" | "region" | "account"> & { id: string } {
  if (isElsewhere(named))
    throw modelNotFound(
      `The model '${model.slice(0, 100)}' is not on Bedrock Runtime; it has none of its paths.`,
    );
  const { place, family, region, account } = named;
  return { id: place.id, family, region, account };
}

/**
 * A guardrail is no model, an asynchronous invocation names its own in the body, and a list of them is of everybody's.
 * @throws BedrockOpenAIError 403.
 */
function requireModelOf(
  models: readonly string[],
  { isModel, name, head }: RuntimePath,
  aliases: ModelAliases | undefined,
): void {
  if (models.includes("*") || (isModel && allows(models, name, aliases))) return;
  throw new BedrockOpenAIError(
    403,
    isModel
      ? `You do not have access to the model '${name.slice(0, 200)}'.`
      : `You may call some models only, and not '${head}'.`,
    { type: "invalid_request_error", code: "model_not_allowed" },
  );
}

/** AWS must not be told of what is meant for a server of the operator's. */
const isElsewhere = ({ entry: { surface, url }, name: { route } }: Named): boolean =>
  (surface ?? (url === undefined ? route : "converse-like")) === "converse-like" || route === "mantle";

/** Whatever else stands in a query may be how the caller signed. */
const queryFor = ({ query: names }: RuntimePath, given: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries(names.filter((name) => given.has(name)).map((name) => [name, given.getAll(name)]));

/** AWS's name for it. */
const unknownOperation = (method: string, path: string): BedrockOpenAIError =>
  new BedrockOpenAIError(404, `'${method} ${path.slice(0, 200)}' is none of Bedrock Runtime's operations.`, {
    type: "invalid_request_error",
    code: "unknown_operation",
  });
