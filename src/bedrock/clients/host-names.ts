import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { modelNotFound } from "../errors/model-not-found.ts";
import { partitionOf } from "../models/region.ts";

/** How the SDK finds the host of a Region. An `Endpoint` is one that somebody has named. */
export type EndpointProvider = BedrockRuntimeClient["config"]["endpointProvider"];

/** As the SDK's own rules name the runtime's host, so that FIPS, dual stack and all partitions count here too. */
export const agentRuntimeHost =
  (runtimeHost: EndpointProvider): EndpointProvider =>
  (parameters, context) => {
    const found = runtimeHost(parameters, context);
    if (parameters.Endpoint !== undefined) return found;
    const url = new URL(found.url);
    url.hostname = url.hostname.replace(/^bedrock-runtime/, "bedrock-agent-runtime");
    return { ...found, url };
  };

/** The partitions whose mantle AWS's endpoint guide names; under this suffix it answers over IPv4 and IPv6. */
const MANTLE_SUFFIX: Readonly<Record<string, string>> = { aws: "api.aws", "aws-us-gov": "api.aws" };

/** @throws BedrockOpenAIError 404 where no such host is known; whoever wants FIPS must not silently get something else. */
export const mantleHost =
  (runtimeHost: EndpointProvider): EndpointProvider =>
  (parameters, context) => {
    const { Endpoint, Region = "", UseFIPS } = parameters;
    // The runtime's rules take or refuse it.
    if (Endpoint !== undefined) return runtimeHost(parameters, context);
    const suffix = MANTLE_SUFFIX[partitionOf(Region)];
    if (UseFIPS) throw unreached("no FIPS endpoint is known");
    if (suffix === undefined) throw unreached(`no host in '${Region}' is known`);
    return { url: new URL(`https://bedrock-mantle.${Region}.${suffix}`) };
  };

const unreached = (why: string): Error =>
  modelNotFound(
    `The model is served by 'bedrock-mantle' alone, of which ${why}. The option 'endpoint' may name one, as \`mantle\`.`,
  );
