import { validationError } from "../aws-error.ts";
import type { Call } from "../call.ts";
import { isObject } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { readShape } from "../shapes/check-shape.ts";
import { invokeModelRequest } from "../shapes/invoke-model-request.ts";

const MAX_BODY_BYTES = 25_000_000;

/** The headers behind the members of InvokeModelRequest. */
const HEADERS: Readonly<Record<string, string>> = {
  trace: "x-amzn-bedrock-trace",
  guardrailIdentifier: "x-amzn-bedrock-guardrailidentifier",
  guardrailVersion: "x-amzn-bedrock-guardrailversion",
  performanceConfigLatency: "x-amzn-bedrock-performanceconfig-latency",
  serviceTier: "x-amzn-bedrock-service-tier",
  requestMetadata: "x-amzn-bedrock-request-metadata",
};

/** The headers that come back with the answer. */
export const ECHOED = [HEADERS["performanceConfigLatency"], HEADERS["serviceTier"]] as string[];

export type RequestFromHeaders = Pick<
  ConverseRequest,
  "guardrailConfig" | "performanceConfig" | "requestMetadata" | "serviceTier"
>;

/** What InvokeModel is told in headers, as Converse would be told it in its body. */
export function readRequestHeaders({ headers, modelId, bodyBytes }: Call): RequestFromHeaders {
  const named = Object.entries(HEADERS).flatMap(([member, header]) =>
    headers[header] === undefined ? [] : [[member, headers[header]]],
  );
  const read = readShape(invokeModelRequest, { modelId, ...Object.fromEntries(named) }) as Record<
    string,
    string
  >;
  checkBody(headers["content-type"], bodyBytes);
  const { guardrailIdentifier, guardrailVersion, trace, performanceConfigLatency, serviceTier } = read;
  return {
    ...((guardrailIdentifier ?? guardrailVersion) !== undefined && {
      guardrailConfig: {
        guardrailIdentifier,
        guardrailVersion,
        ...(trace && { trace: trace.toLowerCase() }),
      },
    }),
    ...(performanceConfigLatency && { performanceConfig: { latency: performanceConfigLatency } }),
    ...(serviceTier && { serviceTier: { type: serviceTier } }),
    ...(read["requestMetadata"] !== undefined && { requestMetadata: readMetadata(read["requestMetadata"]) }),
  };
}

function checkBody(contentType = "application/json", bodyBytes: number): void {
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw validationError("The provided Content Type is invalid or not supported for this model");
  }
  if (bodyBytes > MAX_BODY_BYTES) {
    throw validationError(
      "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than " +
        `or equal to ${MAX_BODY_BYTES}`,
    );
  }
}

function readMetadata(json: string): Record<string, string> {
  const metadata = parse(json);
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    throw validationError("The request metadata must be a JSON object whose values are strings.");
  }
  return metadata as Record<string, string>;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
