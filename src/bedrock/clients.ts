import type { BedrockClient } from "@aws-sdk/client-bedrock";
import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../options.ts";
import { access, accessOf, endpointConfig } from "./client-access.ts";
import { addHeaders, addHost } from "./client-middleware.ts";
import { createPool } from "./client-pool.ts";
import { modelNotFound } from "./model-not-found.ts";
import { partitionOf } from "./models/region.ts";
import { once } from "./once.ts";

/** The SDK's clients by Region; by default that of the options or the environment. */
export interface Clients {
  runtime(region?: string): Promise<BedrockRuntimeClient>;
  /** Speaks to `bedrock-mantle`, which the SDK has no client of its own for. */
  mantle(region?: string): Promise<BedrockRuntimeClient>;
  control(region?: string): Promise<BedrockClient>;
  /** The default Region. Rejects where none is configured. */
  home(): Promise<string>;
}

type RuntimeConfig = BedrockRuntimeClientConfig;
type Handler = () => Promise<NonNullable<RuntimeConfig["requestHandler"]>>;

/** Loads the SDK and makes its clients when they are first needed, and only once. They share their sockets. */
export function createClients(options: ResolvedOptions): Clients {
  const handler = once(createRequestHandler);
  const runtime = createPool((region) => createRuntimeClient(options, handler, region));
  const mantle = createPool((region) => createMantleClient(options, handler, region));
  const control = createPool((region) => createControlClient(options, handler, region));
  const home = once(async () => (await runtime(undefined)).config.region());
  const within =
    <T>(clientOf: (region: string | undefined) => Promise<T>) =>
    async (region?: string): Promise<T> => {
      if (region !== undefined) await refuseForeign(region, home);
      return clientOf(region);
    };
  return { runtime: within(runtime), mantle: within(mantle), control: within(control), home };
}

/** Another partition is another AWS: nobody's credentials go there because a model string says so. */
async function refuseForeign(region: string, home: () => Promise<string>): Promise<void> {
  const own = await home().catch(() => "us-east-1");
  if (partitionOf(own) !== partitionOf(region))
    throw modelNotFound(`There is no way from '${own}' to the Region '${region}'.`);
}

async function createRuntimeClient(
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
): Promise<BedrockRuntimeClient> {
  if (options.client) return options.client;
  const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
  const client = new BedrockRuntimeClient({
    ...access(options, region),
    ...endpointConfig(options, "runtime"),
    maxAttempts: options.retries + 1,
    requestHandler: await handler(),
  });
  addHeaders(client, options);
  return client;
}

/** The runtime's client with another host and another name in its signature. */
async function createMantleClient(
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
): Promise<BedrockRuntimeClient> {
  const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
  const shared = options.client ? accessOf(options.client, region) : access(options, region);
  const where = region ?? (options.client ? await options.client.config.region() : undefined);
  const config: RuntimeConfig & { signingName: string } = {
    ...shared,
    maxAttempts: options.retries + 1,
    requestHandler: await handler(),
    signingName: "bedrock-mantle",
    ...endpointConfig(options, "mantle"),
  };
  const client = new BedrockRuntimeClient(config);
  addHeaders(client, options);
  if (config.endpoint) return client;
  const home = where ?? (await client.config.region());
  return addHost(client, `bedrock-mantle.${home}.api.aws`);
}

async function createControlClient(
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
): Promise<BedrockClient> {
  const { BedrockClient } = await import("@aws-sdk/client-bedrock");
  const shared = options.client ? accessOf(options.client, region) : access(options, region);
  const client = new BedrockClient({
    ...shared,
    ...endpointConfig(options, "control"),
    requestHandler: await handler(),
    maxAttempts: 1,
  });
  addHeaders(client, options);
  return client;
}

/**
 * One connection serves many requests. The SDK's own default opens one for each (HTTP/2 without concurrent streams),
 * which over TLS costs about three times the CPU and two more round trips.
 */
async function createRequestHandler(): Promise<NonNullable<RuntimeConfig["requestHandler"]>> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  // Probes keep NAT gateways from dropping a connection on which a model thinks for minutes.
  const agent = { keepAlive: true, keepAliveMsecs: 30_000, maxSockets: Infinity };
  // The socket itself never times out: how long a model may think is the courier's affair.
  return new NodeHttpHandler({
    connectionTimeout: 10_000,
    socketTimeout: 0,
    httpAgent: agent,
    httpsAgent: agent,
  });
}
