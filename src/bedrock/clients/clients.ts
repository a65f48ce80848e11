import type { BedrockClient } from "@aws-sdk/client-bedrock";
import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../../options.ts";
import { access, accessOf, isKeyOnly } from "./client-access.ts";
import { furnish } from "./furnish.ts";
import { createLeans, type Leans } from "./lean/leans.ts";
import { loadSdkClient } from "./sdk-client.ts";
import { loadControlSdk } from "./sdk-control.ts";
import type { LeanLender } from "../courier/thin/lender.ts";
import { invalidRequest } from "../../errors.ts";
import { createPool } from "./client-pool.ts";
import { hostConfig } from "./host-config.ts";
import {
  createAgentRuntimeClient,
  createMantleClient,
  type First,
  type Handler,
  ownHandler,
} from "./other-hosts.ts";
import { Sha256 } from "./sha256.ts";
import { modelNotFound } from "../errors/model-not-found.ts";
import { partitionOf } from "../models/region.ts";
import type { Awaitable } from "../../awaitable.ts";
import { atHand, once } from "../once.ts";
import { createRequestHandler } from "../transport/request-handler.ts";

/** The SDK's clients by Region; by default that of the options or the environment. */
export interface Clients {
  /** What calls the runtime without the SDK's client, as long as nothing needs it: it takes half of a first answer's time to load. */
  lean(region?: string): Awaitable<LeanLender | undefined>;
  runtime(region?: string): Awaitable<BedrockRuntimeClient>;
  /** Speaks to `bedrock-mantle`, which the SDK has no client of its own for. */
  mantle(region?: string): Awaitable<BedrockRuntimeClient>;
  /** Speaks to `bedrock-agent-runtime`, which only signatures open. */
  agentRuntime(region?: string): Awaitable<BedrockRuntimeClient>;
  control(region?: string): Awaitable<BedrockClient>;
  /** Calls are made with an API key, and none can be signed. */
  keyOnly(): Promise<boolean>;
  /** The default one. @throws Error where none is configured. */
  home(): Awaitable<string>;
  /** @throws BedrockOpenAIError 404 for a Region that lies in another partition than the default one. */
  reach(region: string): Promise<void>;
}

/**
 * Loads the SDK and makes the clients of one account when they are first needed, and only once.
 * @param handler What holds the sockets, for all accounts the same.
 * @param regions Regions whose clients are kept.
 */
export function createClients(
  options: ResolvedOptions,
  handler: Handler = once(() => createRequestHandler(options)),
  regions?: number,
): Clients {
  const leans = createLeans(options, handler, regions);
  const runtime = createPool(
    (region) => createRuntimeClient(options, handler, region, first, leans),
    regions,
  );
  const mantle = createPool((region) => createMantleClient(options, handler, region, first), regions);
  const agentRuntime = createPool(
    (region) => createAgentRuntimeClient(options, handler, region, first),
    regions,
  );
  const control = createPool((region) => createControlClient(options, handler, region, first), regions);
  // Whoever looks for credentials does so once, however many Regions are named.
  const first: First = () => runtime(undefined);
  const home = atHand(async () => ((await leans.of(undefined)) ?? (await first())).config.region());
  const reach = (region: string): Promise<void> => refuseForeign(region, home);
  const within =
    <T>(clientOf: (region: string | undefined) => Awaitable<T>) =>
    (region?: string): Awaitable<T> =>
      region === undefined ? clientOf(region) : reach(region).then(() => clientOf(region));
  return {
    lean: within(leans.of),
    runtime: within(runtime),
    mantle: within(mantle),
    agentRuntime: within(agentRuntime),
    control: within(control),
    keyOnly: once(async () => isKeyOnly((await first()).config)),
    home,
    reach,
  };
}

/** Another partition is another AWS: nobody's credentials go there because a model string says so. */
async function refuseForeign(region: string, home: () => Awaitable<string>): Promise<void> {
  const own = await Promise.resolve(home()).catch(() => "us-east-1");
  if (partitionOf(own) !== partitionOf(region))
    throw modelNotFound(`There is no way from '${own}' to the Region '${region}'.`);
}

async function createRuntimeClient(
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
  first: First,
  leans: Leans,
): Promise<BedrockRuntimeClient> {
  if (options.client) return boundTo(options.client, region);
  const { BedrockRuntimeClient } = await loadSdkClient();
  const client = new BedrockRuntimeClient({
    ...(region === undefined ? { ...access(options), ...leans.handOver() } : accessOf(await first(), region)),
    ...hostConfig(options, "runtime"),
    maxAttempts: options.retries + 1,
    requestHandler: await handler(),
    sha256: Sha256,
  });
  furnish(client, options);
  return client;
}

/** A client of the user's has one Region; whoever names another means it. */
async function boundTo(
  client: BedrockRuntimeClient,
  region: string | undefined,
): Promise<BedrockRuntimeClient> {
  const own = region === undefined ? undefined : await client.config.region();
  if (own === region) return client;
  throw invalidRequest(
    `This server calls AWS in '${own}' only, by a client of its own; '${region}' cannot be reached through it.`,
    { param: "model" },
  );
}

async function createControlClient(
  options: ResolvedOptions,
  handler: Handler,
  region: string | undefined,
  first: First,
): Promise<BedrockClient> {
  const { BedrockClient } = await loadControlSdk();
  const client = new BedrockClient({
    ...accessOf(await first(), region),
    ...hostConfig(options, "control"),
    requestHandler: ownHandler(options) ?? (await handler()),
    maxAttempts: 1,
    sha256: Sha256,
  });
  furnish(client, options);
  return client;
}
