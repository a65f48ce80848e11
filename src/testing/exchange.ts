import type { IncomingMessage, ServerResponse } from "node:http";
import type { Account } from "./account.ts";
import { authorize } from "./auth/authorize.ts";
import { AwsError, unknownOperation } from "./aws-error.ts";
import type { Answer } from "./call.ts";
import { recordExchange } from "./recorded-request.ts";
import type { OpenRecord } from "./recorded-request.ts";
import { matchRoute } from "./routes.ts";
import type { MatchedRoute } from "./routes.ts";
import { deliver } from "./wire/deliver.ts";
import { cutConnection } from "./wire/listener.ts";
import { readBody } from "./wire/read-body.ts";
import { errorOutcome } from "./wire/whole-outcome.ts";

/** From the request line to the last byte; every error ends here as an AWS error. */
export async function runExchange(
  account: Account,
  request: IncomingMessage,
  response: ServerResponse,
  closing: () => boolean,
): Promise<void> {
  const gone = new AbortController();
  let cutByServer = false;
  const record = recordExchange(request, response, () => cutByServer || closing());
  account.requests.push(record);
  response.once("close", () => gone.abort());
  // A broken connection shows in `gone`; nobody needs its error events too.
  for (const side of [request, response]) side.on("error", () => {});
  const requestId = account.nextRequestId();

  try {
    const { outcome, pacing = {} } = await answer(account, request, record, requestId).catch(refusal);
    if (gone.signal.aborted) return;
    if (!outcome.mute) record.status = outcome.status;
    const headers = { "x-amzn-requestid": requestId, ...outcome.headers };
    const cut = () => {
      cutByServer = true;
      cutConnection(request, response);
    };
    await deliver({ response, gone: gone.signal, cut }, { ...outcome, headers }, pacing);
  } catch {
    // A failure while writing has nobody left to hear of it.
    response.destroy();
  }
}

async function answer(
  account: Account,
  request: IncomingMessage,
  record: OpenRecord,
  requestId: string,
): Promise<Answer> {
  const announced = matchRoute(record);
  if (announced) recordRoute(record, announced);
  const bytes = await readBody(request);
  record.body = parseJson(bytes);
  // Whose path it is may depend on the model in the body.
  const route = matchRoute(record);
  if (!route) throw unknownOperation();
  recordRoute(record, route);
  try {
    return serve(account, request.url ?? "/", bytes, route, record, requestId);
  } catch (error) {
    if (!route.refuse) throw error;
    return { outcome: route.refuse(error, requestId) };
  }
}

function serve(
  account: Account,
  target: string,
  bytes: Buffer,
  route: MatchedRoute,
  { method, headers, query, body }: OpenRecord,
  requestId: string,
): Answer {
  const { region } = account;
  const { service = "bedrock", apiKeyHeader = false, signedOnly = false, modelId, beside } = route;
  const { credentials } = account;
  const message = { method, target, headers, body: bytes };
  authorize({ ...message, region, modelId, service, apiKeyHeader, signedOnly, credentials });
  if (bytes.length > 0 && body === undefined && !route.nativeBody) {
    throw new AwsError("SerializationException", "Unable to parse the request body as JSON");
  }
  account.refuseIfTold(route.operation);
  return route.serve({
    account,
    modelId: modelId ?? "",
    ...(beside && { beside }),
    query,
    headers,
    requestId,
    body,
    bodyBytes: bytes.length,
  });
}

function recordRoute(record: OpenRecord, { operation, modelId }: MatchedRoute): void {
  record.operation = operation;
  if (modelId !== undefined) record.modelId = modelId;
}

function refusal(error: unknown): Answer {
  return { outcome: errorOutcome(error) };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
