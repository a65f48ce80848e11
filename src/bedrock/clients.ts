import type { BedrockClient } from "@aws-sdk/client-bedrock";
import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../options.ts";
import { once } from "./once.ts";

export interface Clients {
  runtime(): Promise<BedrockRuntimeClient>;
  control(): Promise<BedrockClient>;
}

/** Loads the SDK and makes its clients when they are first needed, and only once. */
export function createClients(options: ResolvedOptions): Clients {
  return {
    runtime: once(() => createRuntimeClient(options)),
    control: once(() => createControlClient(options)),
  };
}

async function createRuntimeClient(options: ResolvedOptions): Promise<BedrockRuntimeClient> {
  if (options.client) return options.client;
  const { BedrockRuntimeClient } = await import("@aws-sdk/client-bedrock-runtime");
  const client = new BedrockRuntimeClient({
    ...access(options),
    ...endpointConfig(options, "runtime"),
    maxAttempts: options.retries + 1,
    requestHandler: await createRequestHandler(),
  });
  addHeaders(client, options);
  return client;
}

async function createControlClient(options: ResolvedOptions): Promise<BedrockClient> {
  const { BedrockClient } = await import("@aws-sdk/client-bedrock");
  const shared = options.client
    ? { region: options.client.config.region, credentials: options.client.config.credentials }
    : access(options);
  const client = new BedrockClient({ ...shared, ...endpointConfig(options, "control"), maxAttempts: 1 });
  addHeaders(client, options);
  return client;
}

interface Stackable {
  middlewareStack: { add(middleware: never, options: { step: "build"; name: string }): void };
}

/** Before signing, so that AWS and every proxy on the way see them vouched for. */
function addHeaders({ middlewareStack }: Stackable, { headers }: ResolvedOptions): void {
  if (!headers) return;
  const extra = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const add = (next: (args: Build) => unknown) => (args: Build) => {
    Object.assign(args.request.headers, extra);
    return next(args);
  };
  middlewareStack.add(add as never, { step: "build", name: "bedrockOpenAIHeaders" });
}

interface Build {
  request: { headers: Record<string, string> };
}

/**
 * One connection serves many requests. The SDK's own default opens one for each (HTTP/2 without concurrent streams),
 * which over TLS costs about three times the CPU and two more round trips.
 */
async function createRequestHandler(): Promise<NonNullable<BedrockRuntimeClientConfig["requestHandler"]>> {
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

type Access = Pick<
  BedrockRuntimeClientConfig,
  "region" | "credentials" | "profile" | "token" | "authSchemePreference"
>;

function access({ region, credentials, profile, apiKey }: ResolvedOptions): Access {
  // The SDK itself does not read AWS_DEFAULT_REGION; most other AWS tools do.
  const ambient = process.env["AWS_REGION"] ? undefined : process.env["AWS_DEFAULT_REGION"];
  const where = region ?? ambient;
  return {
    ...(where && { region: where }),
    ...(credentials && { credentials }),
    ...(profile && { profile }),
    ...(apiKey && { token: { token: apiKey }, authSchemePreference: ["httpBearerAuth"] }),
    // What was asked for by name must not lose to an API key that lies in the environment.
    ...(!apiKey && (credentials || profile) && { authSchemePreference: ["sigv4"] }),
  };
}

function endpointConfig({ endpoint }: ResolvedOptions, host: "runtime" | "control"): { endpoint?: string } {
  const url = typeof endpoint === "string" ? endpoint : endpoint?.[host];
  return url ? { endpoint: url.replace(/\/$/, "") } : {};
}
