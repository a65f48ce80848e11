import type { IncomingMessage, ServerResponse } from "node:http";
import type { Account } from "./account.ts";
import type { Answer } from "./call.ts";
import { authorize } from "./auth/authorize.ts";
import { AwsError } from "./aws-error.ts";
import { recordExchange } from "./recorded-request.ts";
import { matchRoute } from "./routes.ts";
import { deliver } from "./wire/deliver.ts";
import { errorOutcome } from "./wire/whole-outcome.ts";

const MAX_BODY_BYTES = 64 * 1024 * 1024;

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
  response.once("error", () => {});
  const requestId = account.nextRequestId();

  const answer = async (): Promise<Answer> => {
    const bytes = await readBody(request);
    record.body = parseJson(bytes);
    const { method, path, headers, query } = record;
    const route = matchRoute(method, path);
    if (!route) throw unknownOperation();
    record.operation = route.operation;
    if (route.modelId !== undefined) record.modelId = route.modelId;
    const { region } = account;
    authorize({ method, target: request.url ?? "/", headers, body: bytes, region, modelId: route.modelId });
    if (bytes.length > 0 && record.body === undefined) {
      throw new AwsError("SerializationException", "Unable to parse the request body as JSON");
    }
    return route.serve({ account, modelId: route.modelId ?? "", query, body: record.body });
  };

  try {
    const { outcome, pacing = {} } = await answer().catch((error: unknown): Answer => ({
      outcome: errorOutcome(error),
    }));
    if (gone.signal.aborted) return;
    if (!outcome.mute) record.status = outcome.status;
    const headers = { "x-amzn-requestid": requestId, ...outcome.headers };
    const cut = () => {
      cutByServer = true;
      request.socket.destroy();
    };
    await deliver({ response, gone: gone.signal, cut }, { ...outcome, headers }, pacing);
  } catch {
    // A failure while writing has nobody left to hear of it.
    response.destroy();
  }
}

function unknownOperation(): AwsError {
  const body = '{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}';
  return new AwsError("UnknownOperationException", "UnknownOperationException", { body });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new AwsError("RequestEntityTooLargeException", "Request is too large", { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}
