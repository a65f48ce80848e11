import type { Host } from "./host-config.ts";

/** What AWS's tools call the service of a host in `AWS_ENDPOINT_URL_…`. */
const SERVICES: Readonly<Record<Host, string>> = {
  runtime: "BEDROCK_RUNTIME",
  control: "BEDROCK",
  agentRuntime: "BEDROCK_AGENT_RUNTIME",
  mantle: "BEDROCK_MANTLE",
};

/**
 * The SDK fails by an address such as `127.0.0.1:4566` without a word of where it stands, and takes `localhost:` for a protocol.
 * @throws Error as the SDK has it for settings that name no endpoint.
 */
export function checkSaidAddress(host: Host): void {
  if (process.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true") return;
  const variable = [`AWS_ENDPOINT_URL_${SERVICES[host]}`, "AWS_ENDPOINT_URL"].find(
    (name) => process.env[name],
  );
  if (variable === undefined || isHttp(process.env[variable]!)) return;
  throw Object.assign(new Error(`'${variable}' must be an http(s) URL.`), { name: "EndpointError" });
}

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
