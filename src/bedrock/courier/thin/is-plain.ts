import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { isOurs } from "../../clients/furnish.ts";
import type { Awaitable } from "../../../awaitable.ts";
import { atHand } from "../../once.ts";

/**
 * Whether nothing of a client can be missed when its middleware stack is left out. Anything that is not known here is somebody's,
 * and is honoured by the SDK itself.
 */
export function isPlain(client: BedrockRuntimeClient): Awaitable<boolean> {
  const own = sdksOwn();
  if (own instanceof Promise) return own.then(() => isPlain(client));
  const isItself = client.send === own.send && isWithoutShims(client);
  return isItself && (known.has(client) || hasNothingAdded(client, own));
}

/** Nobody else holds them, and nothing was added before they were furnished. */
const known = new WeakSet<object>();

async function hasNothingAdded(client: BedrockRuntimeClient, own: Own): Promise<boolean> {
  const isBare =
    // There the SDK tells AWS of the invocation that a call belongs to, which another one has other words for.
    process.env["AWS_LAMBDA_FUNCTION_NAME"] === undefined &&
    client.config.logger.constructor === own.logger &&
    // The SDK's own asks nobody before the first try; one that is adaptive may let it wait.
    (await firstToken(client)) === own.acquireInitialRetryToken &&
    hasKnownSteps(client);
  if (isBare && isOurs(client)) known.add(client);
  return isBare;
}

interface Own {
  send: BedrockRuntimeClient["send"] | undefined;
  logger: unknown;
  acquireInitialRetryToken: unknown;
}

/** What a client has that nobody has said anything of. */
const sdksOwn = atHand(async (): Promise<Own> => {
  const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
  const client = new BedrockRuntimeClient({ region: "us-east-1", maxAttempts: 1, retryMode: "standard" });
  const { send } = Object.getPrototypeOf(BedrockRuntimeClient.prototype) as BedrockRuntimeClient;
  // Test doubles and tracers that came first stand in its place, and ask no command for its middleware.
  const isOwn = Function.prototype.toString.call(send).includes("resolveMiddleware");
  return {
    send: isOwn ? send : undefined,
    logger: client.config.logger.constructor,
    acquireInitialRetryToken: await firstToken(client),
  };
});

const firstToken = async ({ config }: BedrockRuntimeClient): Promise<unknown> =>
  ((await config.retryStrategy()) as { acquireInitialRetryToken?: unknown }).acquireInitialRetryToken;

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
const hasKnownSteps = ({ middlewareStack }: BedrockRuntimeClient): boolean =>
  middlewareStack
    .identify()
    .filter((step) => !OUR_OWN.test(step))
    .join() === KNOWN;
