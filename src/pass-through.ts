import type { Adjustment } from "./adjustments.ts";
import type { AwsAnswer } from "./bedrock/pass-on.ts";
import { createMeter } from "./bedrock/passed-usage.ts";
import type { CallContext } from "./context.ts";
import { type BedrockOpenAIError, toBedrockOpenAIError } from "./errors.ts";
import { sentTo } from "./flow/sent-to.ts";
import { readBody } from "./http/body.ts";
import { type Reading, watchReading } from "./http/unread.ts";
import { stampedForAws } from "./reception/stamp-aws.ts";
import { count, tokensIn } from "./record/count.ts";
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
 * option `passThrough` is set. Failures of our own are told in AWS's form, since an AWS SDK is asking. The call is over with
 * the last byte of its answer.
 */
export async function passThrough(context: CallContext, name: string): Promise<Response> {
  const { request, options, signal, bedrock, caller, record } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  record.operation = "pass_through";
  const path = `/${name}`;
  try {
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const given = {
      path,
      headers: passed(Object.fromEntries(request.headers), PASSED_IN),
      body: hasBody ? await readBody(request, limits) : undefined,
    };
    const note = (adjustment: Adjustment): void => void context.adjustments.push(adjustment);
    const call = stampedForAws(given, caller.metadata, note);
    const { method } = request;
    const query = new URL(request.url).searchParams;
    const answer = await bedrock.passOn({ method, query, ...call }, signal, {
      own: caller.target,
      models: caller.models,
      async sending({ asked, ...place }) {
        record.asked = asked;
        record.stream = path.endsWith("-stream");
        context.observe.asked(context);
        await sentTo(context, { ...place, surface: "runtime" });
      },
    });
    const { status, headers } = answer;
    if (BODILESS.has(status)) context.release();
    return new Response(BODILESS.has(status) ? null : toStream(answer, context), {
      status,
      statusText: statusText(status),
      headers: passed(headers, PASSED_OUT),
    });
  } catch (thrown) {
    const error = toBedrockOpenAIError(thrown);
    record.error = error;
    report(error, context);
    context.release();
    return inAwsWords(error);
  }
}

const passed = (headers: Readonly<Record<string, string>>, names: RegExp): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => names.test(name)));

/** The call is over with its last byte, or when its reader leaves. */
function toStream(
  { headers, body }: Pick<AwsAnswer, "headers" | "body">,
  { record, signal, abort, release }: CallContext,
): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  const meter = createMeter(headers);
  const end = (): void => {
    const usage = meter.read();
    if (usage) count(record, tokensIn(usage));
    release();
  };
  let reading: Reading;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      reading = watchReading((reason) => {
        abort(reason);
        end();
        controller.error(reason);
      });
    },
    async pull(controller) {
      reading.resume();
      try {
        const { done, value } = await pieces.next();
        if (!done) {
          meter.hear(value);
          reading.pause();
          // Small ones share Node's memory, which nobody may take away, and the meter reads this one again.
          return controller.enqueue(new Uint8Array(value));
        }
        end();
        controller.close();
      } catch (error) {
        record.error ??= toBedrockOpenAIError(error);
        end();
        // Whose reading it was knows that reason; how a socket tells it is nobody's.
        controller.error(signal.aborted ? signal.reason : error);
      }
    },
    cancel(reason) {
      reading.resume();
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
