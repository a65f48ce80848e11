import { isRegion } from "./region.ts";

/** A VPC endpoint's own name, or none; one of Bedrock's runtime hosts; a Region; one of AWS's domains. Source: AWS's endpoint rules. */
const HOST =
  /^(vpce-[a-z0-9-]{8,80}\.)?bedrock-runtime(-fips)?\.([a-z0-9-]{5,30})\.(vpce\.)?(amazonaws\.com|api\.aws|amazonaws\.eu|amazonaws\.com\.cn|api\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** One of AWS's own addresses of Bedrock's runtime, and nothing that merely looks like it. */
export function isBedrockUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const region = HOST.exec(hostname)?.[3];
  const isBare = `${port}${username}${password}${search}${hash}` === "" && pathname === "/";
  return protocol === "https:" && isBare && region !== undefined && isRegion(region);
}
