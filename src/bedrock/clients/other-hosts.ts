import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../../options.ts";
import { type Access, accessOf, endpointConfig } from "./client-access.ts";
import { addHeaders } from "./client-middleware.ts";

export type RuntimeConfig = BedrockRuntimeClientConfig;
export type Handler = () => Promise<NonNullable<RuntimeConfig["requestHandler"]>>;

/** The runtime's client of the default Region: who looks for credentials does so once. */
export type First = () => Promise<BedrockRuntimeClient>;

/** Makes a client for a Region. */
type Make = (
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
  first: First,
) => Promise<BedrockRuntimeClient>;

/** The runtime's client with another host and another name in its signature. */
export const createMantleClient: Make = async (options, handler, region, first) => {
  const shared = accessOf(await first(), region);
  return createClient(options, handler, {
    ...shared,
    signingName: "bedrock-mantle",
    // Named in full: what the environment says of the runtime's address is not meant for this host.
    endpoint: process.env["AWS_ENDPOINT_URL"] ?? `https://bedrock-mantle.${await regionOf(shared)}.api.aws`,
    ...ownEndpoint(options),
    ...endpointConfig(options, "mantle"),
  });
};

/** The runtime's client with another host, which takes signatures only. Source: the `bedrock-agent-runtime` service model. */
export const createAgentRuntimeClient: Make = async (options, handler, region, first) => {
  const runtime = await first();
  const shared = accessOf(runtime, region);
  const named = process.env["AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME"] ?? process.env["AWS_ENDPOINT_URL"];
  return createClient(options, handler, {
    ...shared,
    authSchemePreference: ["sigv4"],
    endpoint: named ?? (await agentRuntimeUrl(runtime, await regionOf(shared))),
    ...ownEndpoint(options),
    ...endpointConfig(options, "agentRuntime"),
  });
};

async function createClient(
  options: ResolvedOptions,
  handler: Handler,
  config: RuntimeConfig & { signingName?: string },
): Promise<BedrockRuntimeClient> {
  const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
  const client = new BedrockRuntimeClient({
    ...config,
    maxAttempts: options.retries + 1,
    requestHandler: ownHandler(options) ?? (await handler()),
  });
  addHeaders(client, options);
  return client;
}

/** As the SDK's own rules name the runtime's host, so that FIPS, dual stack and other partitions count here too. */
async function agentRuntimeUrl({ config }: BedrockRuntimeClient, Region: string): Promise<string> {
  const { url } = config.endpointProvider({
    Region,
    UseFIPS: await config.useFipsEndpoint(),
    UseDualStack: await config.useDualstackEndpoint(),
  });
  return String(url).replace("//bedrock-runtime", "//bedrock-agent-runtime").replace(/\/$/, "");
}

const regionOf = async ({ region }: Access): Promise<string> =>
  typeof region === "function" ? region() : String(region);

/** Who has moved the runtime elsewhere does not mean the internet. */
export const ownEndpoint = ({ client }: ResolvedOptions): Pick<RuntimeConfig, "endpoint"> =>
  client?.config.endpoint ? { endpoint: client.config.endpoint } : {};

/** The user's own knows the way through proxies; the SDK's default, told by its HTTP/2, is nobody's choice. */
export function ownHandler({ client }: ResolvedOptions): RuntimeConfig["requestHandler"] {
  const own = client?.config.requestHandler;
  return own?.metadata?.handlerProtocol === "h2" ? undefined : own;
}
