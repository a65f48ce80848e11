import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../../options.ts";
import { accessOf } from "./client-access.ts";
import { furnish } from "./furnish.ts";
import { hostConfig } from "./host-config.ts";
import type { Awaitable } from "../../awaitable.ts";
import type { RequestHandler } from "../transport/request-handler.ts";
import { loadSdkClient } from "./sdk-client.ts";
import { Sha256 } from "./sha256.ts";
import { agentRuntimeHost, type EndpointProvider, mantleHost } from "./host-names.ts";

export type RuntimeConfig = BedrockRuntimeClientConfig;
export type Handler = () => Promise<RequestHandler>;

/** The runtime's client of the default Region: who looks for credentials does so once. */
export type First = () => Awaitable<BedrockRuntimeClient>;

/** Makes a client for a Region. */
type Make = (
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
  first: First,
) => Promise<BedrockRuntimeClient>;

/** What the SDK takes of a service that it has no client for. */
interface OtherService {
  /** Its name in `AWS_ENDPOINT_URL_…` and in the `services` of a profile. */
  serviceId: string;
  signingName?: string;
  endpointProvider: EndpointProvider;
}

/** The runtime's client with another host and another name in its signature. */
export const createMantleClient: Make = async (options, handler, region, first) => {
  const runtime = await first();
  return createClient(options, handler, {
    ...accessOf(runtime, region),
    ...hostConfig(options, "mantle"),
    serviceId: "Bedrock Mantle",
    signingName: "bedrock-mantle",
    endpointProvider: mantleHost(runtime.config.endpointProvider),
  });
};

/** The runtime's client with another host, which takes signatures only. Source: the `bedrock-agent-runtime` service model. */
export const createAgentRuntimeClient: Make = async (options, handler, region, first) => {
  const runtime = await first();
  return createClient(options, handler, {
    ...accessOf(runtime, region),
    ...hostConfig(options, "agentRuntime"),
    serviceId: "Bedrock Agent Runtime",
    authSchemePreference: ["sigv4"],
    endpointProvider: agentRuntimeHost(runtime.config.endpointProvider),
  });
};

async function createClient(
  options: ResolvedOptions,
  handler: Handler,
  config: RuntimeConfig & OtherService,
): Promise<BedrockRuntimeClient> {
  const { BedrockRuntimeClient } = await loadSdkClient();
  const client = new BedrockRuntimeClient({
    ...config,
    maxAttempts: options.retries + 1,
    requestHandler: ownHandler(options) ?? (await handler()),
    sha256: Sha256,
  });
  furnish(client, options);
  return client;
}

/** The user's own knows the way through proxies; the SDK's default, told by its HTTP/2, is nobody's choice. */
export function ownHandler({ client }: ResolvedOptions): RuntimeConfig["requestHandler"] {
  const own = client?.config.requestHandler;
  return own?.metadata?.handlerProtocol === "h2" ? undefined : own;
}
