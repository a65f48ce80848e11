import { BedrockOpenAIError } from "../errors.ts";
import type { Courier } from "./courier/courier.ts";
import { fromAwsError } from "./errors/errors.ts";
import { modelNotFound } from "./errors/model-not-found.ts";
import type { ModelAliases } from "./models/aliases.ts";
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

/** AWS's answer, whatever its status. */
export interface AwsAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
}

export type PassOn = (call: AwsCall, signal: AbortSignal) => Promise<AwsAnswer>;

/** Bedrock's own paths: the caller's request under our signature, with the operator's names for models. */
export function createPassOn(
  courier: Courier,
  aliases: ModelAliases | undefined,
  accountOf: AccountOf = () => undefined,
): PassOn {
  return async ({ method, path, query, headers, body }, signal) => {
    const asked = readRuntimePath(method, path);
    if (!asked) throw unknownOperation(method, path);
    const { id, region, account } = asked.isModel
      ? placeOf(nameModel({ model: asked.name }, aliases, accountOf), asked.name)
      : { id: asked.name, region: asked.region };
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
function placeOf(
  named: Named,
  model: string,
): { id: string; region: string | undefined; account?: number | undefined } {
  if (isElsewhere(named))
    throw modelNotFound(
      `The model '${model.slice(0, 100)}' is not on Bedrock Runtime; it has none of its paths.`,
    );
  return { id: named.place.id, region: named.region, account: named.account };
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
