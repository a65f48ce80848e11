import type { CallContext } from "./context.ts";
import { type BedrockOpenAIError, toBedrockOpenAIError } from "./errors.ts";
import { readBody } from "./http/body.ts";
import { report } from "./report.ts";
import { statusText } from "./status-text.ts";

/**
 * What a request and an answer may carry past us; who called and how it was signed stays here. Nobody asks AWS to compress,
 * but what was compressed all the same must say so.
 */
const PASSED_IN = /^(content-type|accept|x-amzn-bedrock-[\w-]+)$/;
const PASSED_OUT = /^(content-type|content-encoding|retry-after|x-amzn-[\w-]+)$/;

/** Of these the Web has no bodies. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * `/bedrock/*`: Bedrock Runtime's own paths, signed and sent on; answers and streaming frames untouched. Off unless the
 * option `passThrough` is set. Failures of our own are told in AWS's form, since an AWS SDK is asking.
 */
export async function passThrough(context: CallContext, path: string): Promise<Response> {
  const { request, options, signal, bedrock } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  try {
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const { status, headers, body } = await bedrock.passOn(
      {
        method: request.method,
        path: `/${path}`,
        query: new URL(request.url).searchParams,
        headers: passed(Object.fromEntries(request.headers), PASSED_IN),
        body: hasBody ? await readBody(request, limits) : undefined,
      },
      signal,
    );
    return new Response(BODILESS.has(status) ? null : toStream(body, context), {
      status,
      statusText: statusText(status),
      headers: passed(headers, PASSED_OUT),
    });
  } catch (thrown) {
    const error = toBedrockOpenAIError(thrown);
    report(error, context);
    return inAwsWords(error);
  }
}

const passed = (headers: Readonly<Record<string, string>>, names: RegExp): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => names.test(name)));

/** Its caller may leave by the request's signal too, until the last byte. */
function toStream(
  body: AsyncIterable<Uint8Array>,
  { request, signal, abort, release }: Pick<CallContext, "request" | "signal" | "abort" | "release">,
): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  const leave = (): void => abort(request.signal.reason);
  const end = (): void => {
    request.signal.removeEventListener("abort", leave);
    release();
  };
  request.signal.addEventListener("abort", leave, { once: true });
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      } catch (error) {
        end();
        // Whose reading it was knows that reason; how a socket tells it is nobody's.
        controller.error(signal.aborted ? signal.reason : error);
      }
    },
    cancel(reason) {
      abort(reason);
      end();
    },
  });
}

/** What an AWS SDK makes its typed exceptions of. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  400: "ValidationException",
  401: "UnrecognizedClientException",
  403: "AccessDeniedException",
  404: "ResourceNotFoundException",
  408: "ModelTimeoutException",
  413: "ValidationException",
  429: "ThrottlingException",
  503: "ServiceUnavailableException",
};

const exceptionOf = ({ status, code }: BedrockOpenAIError): string =>
  code === "unknown_operation"
    ? "UnknownOperationException"
    : (EXCEPTIONS[status] ?? "InternalServerException");

function inAwsWords(error: BedrockOpenAIError): Response {
  const { status, message, headers } = error;
  return new Response(JSON.stringify({ message }), {
    status,
    statusText: statusText(status),
    headers: {
      ...headers,
      "content-type": "application/json",
      "x-amzn-errortype": exceptionOf(error),
    },
  });
}
