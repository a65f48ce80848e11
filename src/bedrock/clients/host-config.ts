import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ResolvedOptions } from "../../options.ts";
import { checkSaidAddress } from "./said-address.ts";
import { checkSwitches } from "./said-switches.ts";

/** The hosts of AWS that are called. */
export type Host = "runtime" | "control" | "agentRuntime" | "mantle";

/** Where a client's requests go. What is left out, the SDK reads from the environment and the profile. */
export type HostConfig = Pick<
  BedrockRuntimeClientConfig,
  "endpoint" | "profile" | "useFipsEndpoint" | "useDualstackEndpoint"
>;

/** An address in its parts. */
export type Endpoint = Awaited<ReturnType<NonNullable<BedrockRuntimeClient["config"]["endpoint"]>>>;

/**
 * An address that the operator gives is called as it stands: whether it is a FIPS endpoint, its name says.
 * @throws Error where the environment does not say clearly which hosts are meant.
 */
export function hostConfig(options: ResolvedOptions, host: Host): HostConfig {
  const { endpoint, profile, client, fips, dualStack } = options;
  const url = typeof endpoint === "string" ? endpoint : endpoint?.[host];
  if (url) return { endpoint: partsOf(url), useFipsEndpoint: false, useDualstackEndpoint: false };
  if (client) return hostsOf(client);
  checkSwitches(options);
  checkSaidAddress(host);
  return {
    ...(profile && { profile }),
    ...(fips !== undefined && { useFipsEndpoint: fips }),
    ...(dualStack !== undefined && { useDualstackEndpoint: dualStack }),
  };
}

/** A text would be read anew by the SDK for every call. */
function partsOf(url: string): Endpoint {
  const { protocol, hostname, port, pathname } = new URL(url);
  const path = pathname.length > 1 ? pathname.replace(/\/$/, "") : pathname;
  return { protocol, hostname, path, ...(port && { port: Number(port) }) };
}

/** Who has moved the runtime elsewhere does not mean the internet. */
const hostsOf = ({ config }: BedrockRuntimeClient): HostConfig => ({
  ...(config.endpoint && { endpoint: config.endpoint }),
  useFipsEndpoint: config.useFipsEndpoint,
  useDualstackEndpoint: config.useDualstackEndpoint,
});
