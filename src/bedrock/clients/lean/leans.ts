import type { Awaitable } from "../../../awaitable.ts";
import { mergedHeaders } from "../../../http/merged-headers.ts";
import type { ResolvedOptions } from "../../../options.ts";
import { isRegion, suffixOf } from "../../models/region.ts";
import type { RequestHandler } from "../../transport/request-handler.ts";
import { createPool } from "../client-pool.ts";
import { type Endpoint, hostConfig } from "../host-config.ts";
import { saidRegion } from "../said-region.ts";
import type { Access } from "../client-access.ts";
import { type Caller, findCaller } from "./find-caller.ts";
import { knownVersion } from "./known-client.ts";
import { Lean } from "./lean.ts";
import { isPlainlyConfigured, isPlainlySaid } from "./said-plainly.ts";
import { isUntouched } from "./untouched.ts";
import { isSendWrapped } from "./wrapped-send.ts";

/** The lean clients of one account, until the SDK's own are needed. */
export interface Leans {
  /** That of a Region; undefined where the SDK's own is to be asked. */
  of(region: string | undefined): Awaitable<Lean | undefined>;
  /**
   * The end of them. Returned is the access that they have found, which nobody need look for again, and the Region of those that were asked
   * for without one, where calls go on being made whatever the environment says by then.
   */
  handOver(): Caller["handedOver"] & Pick<Access, "region">;
}

/** @param most Regions whose clients are kept. */
export function createLeans(
  options: ResolvedOptions,
  handler: () => Promise<RequestHandler>,
  most?: number,
): Leans {
  let caller: Caller | undefined;
  let home: string | undefined;
  let pool: Leans["of"] | undefined = createPool(async (region) => {
    const where = region ?? saidRegion(options);
    if (!where || !isRegion(where) || !isPlainlySaid(options)) return undefined;
    const version = knownVersion();
    if (version === undefined || !(await isPlainlyConfigured())) return undefined;
    const endpoint = hostConfig(options, "runtime").endpoint as Endpoint | undefined;
    const requestHandler = await handler();
    // Meanwhile the SDK's client may have taken over.
    if (pool) caller ??= findCaller(options, where, requestHandler);
    if (!caller) return undefined;
    if (region === undefined) home = where;
    return new Lean({
      version,
      region: where,
      endpoint: endpoint ?? awsEndpoint(where),
      isMoved: endpoint !== undefined,
      isByKey: caller.isByKey,
      identity: caller.identity,
      headers: mergedHeaders(options.headers),
      requestHandler,
      maxAttempts: options.retries + 1,
    });
  }, most);
  return {
    of: (region) => (isUntouched() && !isSendWrapped() ? pool?.(region) : undefined),
    handOver() {
      pool = undefined;
      return { ...caller?.handedOver, ...(home && { region: home }) };
    },
  };
}

/** As the SDK's endpoint rules have it where nobody asks for FIPS or dual stack. */
const awsEndpoint = (region: string): Endpoint => ({
  protocol: "https:",
  hostname: `bedrock-runtime.${region}.${suffixOf(region)}`,
  path: "/",
});
