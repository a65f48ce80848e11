import type { Adjustment } from "../adjustments.ts";
import type { AwsCall } from "../bedrock/pass-on.ts";
import { parseExact } from "../conversation/exact-json.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";
import { isTooDeep } from "../http/depth.ts";
import { stamped } from "./stamp.ts";

type Stampable = Pick<AwsCall, "path" | "headers" | "body">;
type Metadata = Readonly<Record<string, string>>;

const CONVERSE = /^\/model\/.+\/converse(-stream)?$/;
const INVOKE = /^\/model\/.+\/invoke(-with-response-stream)?$/;
const HEADER = "x-amzn-bedrock-request-metadata";

const NOT_CARRIED: Adjustment = {
  param: "metadata",
  action: "dropped",
  reason: "This operation of AWS's takes no metadata; the operator's was not sent.",
};

/**
 * A request in AWS's own words with the operator's own pairs, where its operation has a place for them.
 * @throws BedrockOpenAIError 400 for what they cannot be written into.
 */
export function stampedForAws<Call extends Stampable>(
  call: Call,
  stamp: Metadata | undefined,
  note: (adjustment: Adjustment) => void,
): Call {
  if (!stamp || Object.keys(stamp).length === 0) return call;
  const { path, headers, body } = call;
  if (CONVERSE.test(path)) {
    const request = readObject(new TextDecoder().decode(body), "The request body");
    return { ...call, body: new TextEncoder().encode(JSON.stringify(stamped(request, stamp))) };
  }
  if (INVOKE.test(path)) {
    const requestMetadata = readObject(headers[HEADER] ?? "{}", `The header '${HEADER}'`);
    const said = stamped({ requestMetadata }, stamp)["requestMetadata"];
    return { ...call, headers: { ...headers, [HEADER]: asciiJson(said) } };
  }
  note(NOT_CARRIED);
  return call;
}

function readObject(text: string, what: string): JsonObject {
  try {
    const value = parseExact(text);
    if (isObject(value) && !isTooDeep(value)) return value;
  } catch (cause) {
    throw invalidRequest(`${what} is not valid JSON.`, { cause });
  }
  throw invalidRequest(`${what} must be a JSON object that is not nested too deeply.`);
}

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
