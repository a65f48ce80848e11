import type { Awaitable } from "../../../awaitable.ts";
import { mergedHeaders } from "../../../http/merged-headers.ts";
import type { ResolvedOptions } from "../../../options.ts";
import { isRegion } from "../../models/region.ts";
import type { RequestHandler } from "../../transport/request-handler.ts";
import { access } from "../client-access.ts";
import { createPool } from "../client-pool.ts";
import { type Endpoint, hostConfig } from "../host-config.ts";
import { saidRegion } from "../said-region.ts";
import { Lean } from "./lean.ts";
import { createConfig } from "./lean-config.ts";
import { isPlainlySaid, isProfilePlain } from "./said-plainly.ts";
import { loadParts, type SdkParts } from "./sdk-parts.ts";
import { isUntouched } from "./untouched.ts";

/** The lean clients of one account, until the SDK's own are needed. */
export interface Leans {
  /** That of a Region; undefined where the SDK's own is to be asked. */
  of(region: string | undefined): Awaitable<Lean | undefined>;
  /** The end of them. Returned are the credentials that they have found, which nobody need look for again. */
  handOver(): Partial<Pick<Lean["config"], "credentials">>;
}

/** @param most Regions whose clients are kept. */
export function createLeans(
  options: ResolvedOptions,
  handler: () => Promise<RequestHandler>,
  most?: number,
): Leans {
  let home: Lean | undefined;
  let isOver = false;
  const of = createPool(async (region) => {
    const where = region ?? saidRegion(options);
    if (!where || !isRegion(where) || !isPlainlySaid(options)) return undefined;
    const parts = loadParts();
    if (!parts || !(await isConfiguredPlainly(parts))) return undefined;
    const { credentials } = region === undefined ? access(options) : ((await of(undefined))?.config ?? {});
    const config = createConfig(parts, {
      region: where,
      ...(credentials && { credentials }),
      requestHandler: await handler(),
      maxAttempts: options.retries + 1,
    });
    const endpoint = endpointOf(options);
    const made = new Lean(parts, config, {
      endpoint: endpoint ?? awsEndpoint(parts, where),
      features: endpoint ? { ENDPOINT_OVERRIDE: "N" } : {},
      headers: mergedHeaders(options.headers),
    });
    if (region === undefined) home = made;
    return made;
  }, most);
  return {
    of: (region) => (!isOver && isUntouched() ? of(region) : undefined),
    handOver() {
      isOver = true;
      return home ? { credentials: home.config.credentials } : {};
    },
  };
}

async function isConfiguredPlainly({ config }: SdkParts): Promise<boolean> {
  return isProfilePlain(await config.loadSharedConfigFiles(), config.getProfileName({}));
}

const endpointOf = (options: ResolvedOptions): Endpoint | undefined =>
  hostConfig(options, "runtime").endpoint as Endpoint | undefined;

/** As the SDK's endpoint rules have it where nobody asks for FIPS or dual stack. */
const awsEndpoint = ({ client }: SdkParts, region: string): Endpoint => ({
  protocol: "https:",
  hostname: `bedrock-runtime.${region}.${client.partition(region).dnsSuffix}`,
  path: "/",
});
