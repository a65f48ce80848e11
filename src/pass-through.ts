import type { CallContext } from "./context.ts";
import { type BedrockOpenAIError, toBedrockOpenAIError } from "./errors.ts";
import { readBody } from "./http/body.ts";
import { statusText } from "./status-text.ts";
import { unknownUrl } from "./unknown-url.ts";

/** What a request and an answer may carry past us; who called and how it was signed stays here. */
const PASSED_IN = /^(content-type|accept|x-amzn-bedrock-[\w-]+)$/;
const PASSED_OUT = /^(content-type|retry-after|x-amzn-[\w-]+)$/;

/**
 * `/bedrock/*`: Bedrock Runtime's own paths, signed and sent on; answers and streaming frames untouched. Off unless the
 * option `passThrough` is set. Failures of our own are told in AWS's form, since an AWS SDK is asking.
 */
export async function passThrough(context: CallContext, path: string): Promise<Response> {
  const { request, options, signal, bedrock } = context;
  const url = new URL(request.url);
  if (!options.passThrough) throw unknownUrl(request.method, url.pathname);
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  try {
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const answer = await bedrock.passOn(
      {
        method: request.method,
        path: `/${path}`,
        query: queryOf(url),
        headers: passed(Object.fromEntries(request.headers), PASSED_IN),
        body: hasBody ? await readBody(request, limits) : undefined,
      },
      signal,
    );
    return new Response(toStream(answer.body, context.abort, context.release), {
      status: answer.status,
      statusText: statusText(answer.status),
      headers: passed(answer.headers, PASSED_OUT),
    });
  } catch (thrown) {
    return inAwsWords(toBedrockOpenAIError(thrown));
  }
}

function queryOf({ searchParams }: URL): Record<string, string | string[]> {
  const names = new Set(searchParams.keys());
  return Object.fromEntries([...names].map((name) => [name, searchParams.getAll(name)]));
}

const passed = (headers: Readonly<Record<string, string>>, names: RegExp): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => names.test(name)));

function toStream(
  body: AsyncIterable<Uint8Array>,
  onCancel: (reason: unknown) => void,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (!done) return controller.enqueue(value);
        onEnd();
        controller.close();
      } catch (error) {
        onEnd();
        controller.error(error);
      }
    },
    cancel(reason) {
      onCancel(reason);
      onEnd();
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

function inAwsWords({ status, message, headers }: BedrockOpenAIError): Response {
  return new Response(JSON.stringify({ message }), {
    status,
    statusText: statusText(status),
    headers: {
      ...headers,
      "content-type": "application/json",
      "x-amzn-errortype": EXCEPTIONS[status] ?? "InternalServerException",
    },
  });
}
