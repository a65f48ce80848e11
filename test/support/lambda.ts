import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import type { LambdaEvent, LambdaHandler, LambdaInvocation, LambdaResult } from "../../adapters/lambda.ts";
import { type Door, listening } from "./doors/served.ts";

/**
 * What stands around a function on AWS, in the small: the global that Lambda's Node.js runtime gives its functions, its
 * response stream with the metadata prelude, and a function URL. Sources: `HttpResponseStream.js` and `ResponseStream.js`
 * of aws-lambda-nodejs-runtime-interface-client; AWS's pages "Response streaming for Lambda functions" and "Invoking
 * Lambda function URLs" (payload 2.0).
 */
const PRELUDE_TYPE = "application/vnd.awslambda.http-integration-response";
const DELIMITER = Buffer.alloc(8);
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

type Write = (chunk: Uint8Array | string) => boolean;

interface ResponseStream extends Pick<PassThrough, "destroyed" | "end" | "on" | "once" | "removeListener"> {
  write: Write;
  setContentType(type: string): void;
  _onBeforeFirstWrite?: (write: Write) => void;
}

type Streaming = (event: LambdaEvent, stream: ResponseStream, context: LambdaInvocation) => Promise<void>;

const runtime = {
  streamifyResponse: (handler: Streaming) => Object.assign(handler, { [STREAMING]: "response" }),
  HttpResponseStream: {
    from(stream: ResponseStream, metadata: unknown): ResponseStream {
      stream.setContentType(PRELUDE_TYPE);
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(metadata));
        write(DELIMITER);
      };
      return stream;
    },
  },
};

/** Loads a function's module, as it were, with the runtime's global there, which stays as on AWS. */
export function onLambda<T>(load: () => T): T {
  Object.assign(globalThis, { awslambda: runtime });
  return load();
}

export const awayFromLambda = (): void => void Reflect.deleteProperty(globalThis, "awslambda");

export const invocation = (remainingMs = 900_000): LambdaInvocation => {
  const ends = Date.now() + remainingMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: "gateway",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:gateway",
    memoryLimitInMB: "256",
    awsRequestId: randomUUID(),
    logGroupName: "/aws/lambda/gateway",
    logStreamName: "2026/01/01/[$LATEST]0",
    getRemainingTimeInMillis: () => ends - Date.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
};

export interface Streamed {
  contentType: string;
  /** Everything that was written: the prelude, eight zeros, the body. */
  bytes: AsyncIterable<Buffer>;
  /** When the function is over. */
  over: Promise<void>;
}

/** InvokeWithResponseStream: what the runtime sends on while the function still runs. */
export function invokeStreaming(
  handler: LambdaHandler,
  event: LambdaEvent,
  context = invocation(),
): Streamed {
  if (!(STREAMING in handler)) throw new Error("The function was not wrapped by streamifyResponse.");
  const pipe = new PassThrough();
  const streamed = { contentType: "application/octet-stream", bytes: pipe as AsyncIterable<Buffer> };
  // Not a Writable: the runtime hands out a plain object with the methods of one.
  const stream: ResponseStream = {
    get destroyed() {
      return pipe.destroyed;
    },
    on: pipe.on.bind(pipe),
    once: pipe.once.bind(pipe),
    removeListener: pipe.removeListener.bind(pipe),
    end: pipe.end.bind(pipe),
    setContentType: (type) => void (streamed.contentType = type),
    write: (chunk) => {
      if (typeof chunk !== "string" && !Buffer.isBuffer(chunk) && chunk.constructor !== Uint8Array)
        throw new TypeError("The runtime would write this as JSON.");
      stream._onBeforeFirstWrite?.((first) => pipe.write(first));
      delete stream._onBeforeFirstWrite;
      return pipe.write(chunk);
    },
  };
  const over = (handler as unknown as Streaming)(event, stream, context);
  over.catch((error: unknown) => pipe.on("error", () => undefined).destroy(error as Error));
  return Object.assign(streamed, { over });
}

/** A function URL with the invoke mode `RESPONSE_STREAM`. It does not tell the function when the caller leaves. */
export const functionUrl = (handler: LambdaHandler): Promise<Door> =>
  listening(createServer((request, response) => void answer(handler, request, response)));

async function answer(
  handler: LambdaHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const event = await toEvent(request);
    const streamed = invokeStreaming(handler, event);
    streamed.over.catch(() => undefined);
    let head = Buffer.alloc(0);
    for await (const bytes of streamed.bytes) {
      if (response.headersSent) {
        await written(response, bytes);
        continue;
      }
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(DELIMITER);
      if (end < 0) continue;
      const { statusCode, headers, cookies } = JSON.parse(head.subarray(0, end).toString()) as Prelude;
      response.writeHead(statusCode, { ...headers, ...(cookies && { "set-cookie": cookies }) });
      response.flushHeaders();
      await written(response, head.subarray(end + DELIMITER.length));
    }
    if (!response.headersSent) response.writeHead(502);
    response.end();
  } catch {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end("Internal Server Error");
  }
}

interface Prelude {
  statusCode: number;
  headers: Record<string, string>;
  cookies?: string[];
}

async function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  if (bytes.length === 0 || response.destroyed || response.write(bytes)) return;
  await Promise.race([once(response, "drain"), once(response, "close")]);
}

/** Payload 2.0: header names in lower case, several of one name joined, cookies apart, bodies of no text in base64. */
async function toEvent(request: IncomingMessage): Promise<LambdaEvent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { cookie, ...headers } = request.headers;
  const { pathname, search } = new URL(request.url!, "http://x");
  const isText = /json|^text\/|xml|javascript/.test(headers["content-type"] ?? "");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie && { cookies: cookie.split("; ") }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    requestContext: {
      domainName: "abc.lambda-url.us-east-1.on.aws",
      http: { method: request.method!, path: pathname, sourceIp: "203.0.113.7" },
    },
    ...(body.length > 0 && { body: isText ? body.toString() : body.toString("base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** A result of a whole answer, as whoever invoked the function reads it. */
export const resultOf = (result: LambdaResult): Exclude<LambdaResult, string> & Record<string, unknown> => {
  if (typeof result === "string") throw new Error("a string is no HTTP answer");
  return result as Exclude<LambdaResult, string> & Record<string, unknown>;
};
