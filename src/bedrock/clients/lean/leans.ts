import type { Awaitable } from "../../../awaitable.ts";
import { mergedHeaders } from "../../../http/merged-headers.ts";
import type { ResolvedOptions } from "../../../options.ts";
import { isRegion } from "../../models/region.ts";
import type { RequestHandler } from "../../transport/request-handler.ts";
import { type Access, access, isKeyOnly } from "../client-access.ts";
import { createPool } from "../client-pool.ts";
import { type Endpoint, hostConfig } from "../host-config.ts";
import { saidRegion } from "../said-region.ts";
import { Lean } from "./lean.ts";
import { createConfig } from "./lean-config.ts";
import { isPlainlySaid, isProfilePlain } from "./said-plainly.ts";
import { isSendWrapped, loadParts, type SdkParts } from "./sdk-parts.ts";
import { isUntouched } from "./untouched.ts";

/** The lean clients of one account, until the SDK's own are needed. */
export interface Leans {
  /** That of a Region; undefined where the SDK's own is to be asked. */
  of(region: string | undefined): Awaitable<Lean | undefined>;
  /** The end of them. Returned is the access that they have found, which nobody need look for again. */
  handOver(): Pick<Access, "credentials" | "token">;
}

/** @param most Regions whose clients are kept. */
export function createLeans(
  options: ResolvedOptions,
  handler: () => Promise<RequestHandler>,
  most?: number,
): Leans {
  let home: Lean | undefined;
  let pool: Leans["of"] | undefined = createPool(async (region) => {
    const where = region ?? saidRegion(options);
    if (!where || !isRegion(where) || !isPlainlySaid(options)) return undefined;
    const parts = loadParts();
    if (!parts || !(await isConfiguredPlainly(parts))) return undefined;
    const said = access(options);
    const first = region === undefined ? said : ((await pool?.(undefined))?.config ?? said);
    const config = createConfig(parts, {
      region: where,
      ...(first.credentials && { credentials: first.credentials }),
      ...(first.token && { token: first.token }),
      requestHandler: await handler(),
      maxAttempts: options.retries + 1,
    });
    const endpoint = endpointOf(options);
    const made = new Lean(parts, config, {
      endpoint: endpoint ?? awsEndpoint(parts, where),
      features: endpoint ? { ENDPOINT_OVERRIDE: "N" } : {},
      isByKey: await isByKey(said),
      headers: mergedHeaders(options.headers),
    });
    if (region === undefined) home = made;
    return made;
  }, most);
  return {
    of: (region) => (isUntouched() && !isSendWrapped() ? pool?.(region) : undefined),
    handOver() {
      pool = undefined;
      if (!home) return {};
      const { credentials, token } = home.config;
      home = undefined;
      return { credentials, ...(token && { token }) };
    },
  };
}

async function isConfiguredPlainly({ config }: SdkParts): Promise<boolean> {
  return isProfilePlain(await config.loadSharedConfigFiles(), config.getProfileName({}));
}

/** As the SDK chooses where nobody says how: a key of the environment comes before all credentials that it would look for. */
const isByKey = async (said: Access): Promise<boolean> =>
  said.authSchemePreference ? isKeyOnly(said) : "AWS_BEARER_TOKEN_BEDROCK" in process.env;

const endpointOf = (options: ResolvedOptions): Endpoint | undefined =>
  hostConfig(options, "runtime").endpoint as Endpoint | undefined;

/** As the SDK's endpoint rules have it where nobody asks for FIPS or dual stack. */
const awsEndpoint = ({ client }: SdkParts, region: string): Endpoint => ({
  protocol: "https:",
  hostname: `bedrock-runtime.${region}.${client.partition(region).dnsSuffix}`,
  path: "/",
});
