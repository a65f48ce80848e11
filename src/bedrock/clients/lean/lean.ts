import type { HttpRequest } from "../../courier/codec.ts";
import type { Operation } from "../../courier/parcel.ts";
import { addedTo, type Envelope, MODEL, type Request } from "../../courier/thin/envelope.ts";
import type { Identity } from "../../courier/thin/identity.ts";
import type { Borrowed, LeanLender } from "../../courier/thin/lender.ts";
import type { Endpoint } from "../host-config.ts";
import type { Caller } from "./find-caller.ts";
import type { AskIdentity } from "./identity-of.ts";
import { invocationHeaders } from "./invocation.ts";
import { byKey, bySignature, type Proof } from "./proof.ts";
import { sdkAgent, userAgent } from "./user-agent.ts";

/** How the SDK writes an operation's request. Source: the `bedrock-runtime` service model. */
const OPERATIONS: Readonly<Record<Operation, { path: string; type: string }>> = {
  Converse: { path: "converse", type: "application/json" },
  ConverseStream: { path: "converse-stream", type: "application/json" },
  InvokeModel: { path: "invoke", type: "application/octet-stream" },
  InvokeModelWithResponseStream: { path: "invoke-with-response-stream", type: "application/octet-stream" },
  CountTokens: { path: "count-tokens", type: "application/json" },
};

/** What a lean client says in every call. */
export interface Words extends Pick<Caller, "isByKey" | "identity"> {
  /** That of the SDK's client in whose place it stands. */
  version: string;
  region: string;
  endpoint: Endpoint;
  /** Where that was given. */
  isMoved: boolean;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  requestHandler: Borrowed["requestHandler"];
  maxAttempts: number;
}

/** Writes and signs what the SDK's client would have, without its stack, its commands and its codecs. */
export class Lean implements LeanLender {
  readonly config: LeanLender["config"];
  readonly identity: AskIdentity;
  readonly #words: Words;
  readonly #proof: Proof;
  readonly #isOnLambda = Boolean(process.env["AWS_LAMBDA_FUNCTION_NAME"]);

  constructor(words: Words) {
    const { region, maxAttempts, requestHandler, identity, isByKey } = words;
    this.config = { region: async () => region, maxAttempts: async () => maxAttempts, requestHandler };
    this.identity = identity;
    this.#words = words;
    this.#proof = isByKey ? byKey : bySignature(region);
  }

  async write(operation: Operation): Promise<Envelope> {
    const { path, type } = OPERATIONS[operation];
    const { endpoint, headers, version } = this.#words;
    const identity = await this.identity();
    const written: Record<string, string> = { "content-type": type };
    const said: Record<string, string> = { ...written, ...headers };
    const short = sdkAgent(version);
    const sent = {
      ...said,
      host: hostOf(endpoint),
      "x-amz-user-agent": said["x-amz-user-agent"] ? `${said["user-agent"]} ${short}` : short,
      "user-agent": userAgent(version, this.#features(identity)),
    };
    const request = requestOf(path, endpoint, sent);
    return {
      address: "",
      request,
      written,
      added: addedTo(written, sent),
      scheme: { ...this.#proof, identity },
    };
  }

  tell({ headers }: HttpRequest): void {
    if (this.#isOnLambda) Object.assign(headers, invocationHeaders(Object.keys(headers)));
  }

  /** What the user agent tells of a call, by the SDK's names and letters. */
  #features({ accountId, $source }: Identity): Record<string, string> {
    return {
      ...(this.#words.isMoved && { ENDPOINT_OVERRIDE: "N" }),
      RETRY_MODE_STANDARD: "E",
      ...($source && accountId && { RESOLVED_ACCOUNT_ID: "T" }),
      ...$source,
    };
  }
}

const hostOf = ({ hostname, port }: Endpoint): string =>
  port === undefined ? hostname : `${hostname}:${port}`;

const requestOf = (
  operation: string,
  { protocol, hostname, port, path }: Endpoint,
  headers: Record<string, string>,
): Request => ({
  method: "POST",
  protocol,
  hostname,
  ...(port !== undefined && { port }),
  path: `${path === "/" ? "" : path}/model/${MODEL}/${operation}`,
  query: {},
  headers,
});
