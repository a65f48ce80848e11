import type { HttpRequest } from "../../courier/codec.ts";
import type { Operation } from "../../courier/parcel.ts";
import { addedTo, type Envelope, MODEL, type Request } from "../../courier/thin/envelope.ts";
import { askIdentity, type Scheme } from "../../courier/thin/identity.ts";
import type { LeanLender } from "../../courier/thin/lender.ts";
import type { Endpoint } from "../host-config.ts";
import { authOption, type LeanConfig } from "./lean-config.ts";
import type { SdkParts } from "./sdk-parts.ts";

/** How the SDK writes an operation's request. Source: the `bedrock-runtime` service model. */
const OPERATIONS: Readonly<Record<Operation, { path: string; type: string }>> = {
  Converse: { path: "converse", type: "application/json" },
  ConverseStream: { path: "converse-stream", type: "application/json" },
  InvokeModel: { path: "invoke", type: "application/octet-stream" },
  InvokeModelWithResponseStream: { path: "invoke-with-response-stream", type: "application/octet-stream" },
  CountTokens: { path: "count-tokens", type: "application/json" },
};

/** What a lean client says in every call. */
export interface Words {
  endpoint: Endpoint;
  /** What the user agent tells of it, by the SDK's names and letters. */
  features: Readonly<Record<string, string>>;
  /** By an API key, in the place of a signature. */
  isByKey: boolean;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** The SDK's client without its stack, its commands and its codecs, made of the same parts. */
export class Lean implements LeanLender {
  readonly config: LeanConfig;
  readonly #sdk: SdkParts["client"];
  readonly #words: Words;
  readonly #isOnLambda = process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;

  constructor({ client }: SdkParts, config: LeanConfig, words: Words) {
    this.config = config;
    this.#sdk = client;
    this.#words = words;
  }

  async write(operation: Operation): Promise<Envelope> {
    const { config } = this;
    const { getUserAgentPlugin, getHostHeaderPlugin } = this.#sdk;
    const written = { "content-type": OPERATIONS[operation].type };
    const request = requestOf(
      OPERATIONS[operation].path,
      { ...written, ...this.#words.headers },
      this.#words,
    );
    const scheme = await this.#scheme();
    const context = { __smithy_context: { selectedHttpAuthScheme: scheme, features: this.#words.features } };
    await pass(request, [getUserAgentPlugin(config), getHostHeaderPlugin(config)], context);
    return { address: "", request, written, added: addedTo(written, request.headers), scheme };
  }

  /** On Lambda, which invocation makes the call. */
  tell(request: HttpRequest): Promise<void> | undefined {
    return this.#isOnLambda ? pass(request, [this.#sdk.getRecursionDetectionPlugin(this.config)]) : undefined;
  }

  async #scheme(): Promise<Scheme> {
    const { config } = this;
    const httpAuthOption = await authOption(config, this.#words.isByKey);
    const { signer } = config.httpAuthSchemes.find(({ schemeId }) => schemeId === httpAuthOption.schemeId)!;
    return { httpAuthOption, identity: await askIdentity(config, { httpAuthOption }), signer };
  }
}

const requestOf = (
  operation: string,
  headers: Record<string, string>,
  { endpoint: { protocol, hostname, port, path } }: Words,
): Request => ({
  method: "POST",
  protocol,
  hostname,
  ...(port !== undefined && { port }),
  path: `${path === "/" ? "" : path}/model/${MODEL}/${operation}`,
  query: {},
  headers,
});

type Next = (args: { request: object }) => Promise<unknown>;
type Step = (next: Next, context: object) => Next;

/** One of the SDK's plugins, which put their steps into a client's stack. */
interface Plugin {
  applyToStack(stack: never): void;
}

const last: Next = async (args) => args;

/** Lets the SDK's steps write into a request what they write into that of its client. */
async function pass(request: object, plugins: readonly Plugin[], context: object = {}): Promise<void> {
  let first = last;
  const stack = { add: (step: Step) => void (first = step(first, context)) };
  for (const plugin of plugins) plugin.applyToStack(stack as never);
  await first({ request });
}
