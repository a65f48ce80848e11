import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { isOurs } from "../../clients/furnish.ts";
import { loadSdkClient } from "../../clients/sdk-client.ts";
import { atHand, once } from "../../once.ts";
import { type Awaitable, isPending } from "../../../awaitable.ts";
import { isOwnSend } from "./is-own-send.ts";

/**
 * Whether nothing of a client can be missed when its middleware stack is left out. Anything that is not known here is somebody's,
 * and is honoured by the SDK itself.
 */
export function isPlain(client: BedrockRuntimeClient): Awaitable<boolean> {
  if (addedTo.has(client)) return false;
  const own = sdksSend();
  if (isPending(own)) return own.then(() => isPlain(client));
  const isItself = client.send === own.send && isWithoutShims(client);
  return isItself && (known.has(client) || hasNothingAdded(client));
}

/** Nobody else holds them, and nothing was added before they were furnished. */
const known = new WeakSet<object>();

/** What was added is hardly ever taken away again, and the SDK's stack is right without it too. */
const addedTo = new WeakSet<object>();

async function hasNothingAdded(client: BedrockRuntimeClient): Promise<boolean> {
  // There the SDK tells AWS of the invocation that a call belongs to, which another one has other words for.
  if (process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined || !hasKnownSteps(client)) return false;
  if (!isOurs(client)) return isAsGiven(client);
  // To ours nobody gives a logger or a strategy, but the environment may name the SDK's adaptive one.
  const isBare = (await strategyOf(client)).mode === "standard";
  if (isBare) known.add(client);
  return isBare;
}

/** Whether a user's client has the logger, the strategy and the rules of one that nobody has said anything of. */
async function isAsGiven(client: BedrockRuntimeClient): Promise<boolean> {
  const own = await sdksOwn();
  const { logger, endpointProvider, httpAuthSchemeProvider } = client.config;
  return (
    logger.constructor === own.logger &&
    // Of others nobody knows when they would say something else.
    endpointProvider === own.endpointProvider &&
    httpAuthSchemeProvider === own.httpAuthSchemeProvider &&
    // The SDK's own asks nobody before the first try; one that is adaptive may let it wait.
    (await strategyOf(client)).acquireInitialRetryToken === own.acquireInitialRetryToken
  );
}

/** The SDK's own way of sending; undefined where something else stands in its place. */
const sdksSend = atHand(async () => {
  const { BedrockRuntimeClient } = await loadSdkClient();
  const { send } = Object.getPrototypeOf(BedrockRuntimeClient.prototype) as BedrockRuntimeClient;
  return { send: isOwnSend(send) ? send : undefined };
});

/** Made for clients of users only: it takes a millisecond of a first answer. */
const sdksOwn = once(async () => {
  const { BedrockRuntimeClient } = await loadSdkClient();
  const client = new BedrockRuntimeClient({ region: "us-east-1", maxAttempts: 1, retryMode: "standard" });
  const { acquireInitialRetryToken } = await strategyOf(client);
  const { logger, endpointProvider, httpAuthSchemeProvider } = client.config;
  return { logger: logger.constructor, endpointProvider, httpAuthSchemeProvider, acquireInitialRetryToken };
});

interface Strategy {
  mode?: string;
  acquireInitialRetryToken?: unknown;
}

const strategyOf = async ({ config }: BedrockRuntimeClient): Promise<Strategy> =>
  (await config.retryStrategy()) as Strategy;

/** Tracers mark so what they have put themselves around. Source: the `shimmer` of OpenTelemetry and others. */
const isWithoutShims = ({
  send,
  middlewareStack: { resolve, concat, clone },
}: BedrockRuntimeClient): boolean => ![send, resolve, concat, clone].some((each) => "__wrapped" in each);

/** What the SDK's constructor adds. */
const KNOWN = [
  "loggerMiddleware - initialize",
  "serializerMiddleware - serialize",
  "contentLengthMiddleware - build",
  "getUserAgentMiddleware - build",
  "hostHeaderMiddleware - build",
  "recursionDetectionMiddleware - build",
  "retryMiddleware - finalizeRequest",
  "httpSigningMiddleware (a.k.a. apiKeyMiddleware,tokenMiddleware,awsAuthMiddleware) - finalizeRequest",
  "deserializerMiddleware - deserialize",
].join();

const OUR_OWN = /^bedrockOpenAI/;

/** Whoever holds a client may add to it before any call. */
function hasKnownSteps(client: BedrockRuntimeClient): boolean {
  const steps = client.middlewareStack.identify().filter((step) => !OUR_OWN.test(step));
  if (steps.join() === KNOWN) return true;
  addedTo.add(client);
  return false;
}
