import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import type { AccessRequest } from "../../openai/access-parameters.ts";
import { mergedHeaders } from "../../http/merged-headers.ts";
import type { ModelEntry } from "../models/aliases.ts";
import { isBedrockUrl } from "../models/bedrock-host.ts";
import { isRegion } from "../models/region.ts";
import { accessFault } from "./access-fault.ts";

/** Headers that say who calls, whom, or how the bytes travel. */
const RESERVED =
  /^(x-amz.*|authorization|cookie|(x-)?api-key|host|content-.*|transfer-encoding|connection|te|trailer|upgrade|expect|keep-alive|proxy-.*|accept-encoding)$/i;

const refused = (param: string, why: string): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': ${why}.`, { code: "invalid_value", param });

/**
 * What a request says of who calls AWS for it, as an entry of `models` would say it. Who brings access brings all of it: nothing of
 * the server's is lent to it.
 * @param taken Names of headers, in lower case, that the server sends itself: by them others may know who calls.
 * @throws BedrockOpenAIError 400 for access that makes no sense, or that would use what is the server's.
 */
export function lentAccess(said: AccessRequest, taken: ReadonlySet<string> = new Set()): ModelEntry {
  const entry: ModelEntry = {
    ...whoCalls(said),
    ...(said.aws_region_name && { region: regionIn(said.aws_region_name) }),
    ...(said.extra_headers && { headers: headersIn(said.extra_headers, taken) }),
  };
  const fault = accessFault(entry);
  if (fault)
    throw refused(
      Object.keys(said).find((name) => name.startsWith("aws_"))!,
      fault,
    );
  return { ...entry, ...endpointIn(said, entry) };
}

function whoCalls(said: AccessRequest): ModelEntry {
  const credentials = keysIn(said);
  const { aws_web_identity_token: token, api_key: apiKey } = said;
  const entry: ModelEntry = {
    ...(credentials && { credentials }),
    ...(token && { webIdentityToken: token }),
    ...(apiKey && { apiKey }),
    ...roleIn(said),
  };
  if (apiKey && (credentials || token)) throw refused("api_key", "it excludes other access");
  if (entry.role && !credentials && !token)
    throw refused(
      "aws_role_name",
      "a role is taken on by the request's own credentials (aws_access_key_id …, or aws_web_identity_token), never by the server's",
    );
  return entry;
}

function keysIn({
  aws_access_key_id: accessKeyId,
  aws_secret_access_key: secretAccessKey,
  aws_session_token: sessionToken,
}: AccessRequest): ModelEntry["credentials"] {
  if (!accessKeyId && !secretAccessKey && !sessionToken) return undefined;
  if (!accessKeyId || !secretAccessKey)
    throw refused("aws_access_key_id", "aws_access_key_id and aws_secret_access_key belong together");
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

function roleIn({
  aws_role_name: arn,
  aws_session_name: sessionName,
  aws_external_id: externalId,
  aws_session_tags: tags,
}: AccessRequest): Pick<ModelEntry, "role"> {
  if (!arn) return {};
  return {
    role: {
      arn,
      ...(sessionName && { sessionName }),
      ...(externalId && { externalId }),
      ...(tags && { tags }),
    },
  };
}

function regionIn(region: string): string {
  if (isRegion(region)) return region;
  throw refused("aws_region_name", "it is no AWS Region");
}

function headersIn(headers: Record<string, string>, taken: ReadonlySet<string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (RESERVED.test(name) || taken.has(name.toLowerCase()))
      throw refused("extra_headers", "it holds a header that is not a request's to set");
    if (!/^[\w!#$%&'*+.^`|~-]{1,256}$/.test(name) || !/^[\t\x20-\x7e]{0,8192}$/.test(value))
      throw refused("extra_headers", "it holds what cannot be a header");
  }
  // Two spellings of one name would be one more than is signed.
  return mergedHeaders(headers);
}

/** Only what is Bedrock's: a request must not make this server call what it alone can reach. */
function endpointIn(said: AccessRequest, entry: ModelEntry): Pick<ModelEntry, "endpoint"> {
  const param = said.api_base ? "api_base" : "aws_bedrock_runtime_endpoint";
  const url = said[param];
  if (!url) return {};
  if (!isBedrockUrl(url))
    throw refused(
      param,
      "a request may name AWS's own addresses of Bedrock only, https://bedrock-runtime.<region>.amazonaws.com",
    );
  if (!entry.credentials && !entry.apiKey && !entry.webIdentityToken)
    throw refused(param, "an address comes with credentials of the request's own, never with the server's");
  return { endpoint: { runtime: url } };
}
