import {
  type AwsLambdaEvent as LambdaEvent,
  type AWSLambdaHandler,
  type AWSLambdaStreamingHandler,
  handleLambdaEvent,
  handleLambdaEventWithStream,
} from "srvx/aws-lambda";
import { BedrockOpenAIError, type BedrockOpenAIHandler } from "../src/index.ts";

export type { LambdaEvent };

/** The result of a whole answer, as API Gateway, load balancers and buffered function URLs read it. */
export type LambdaResult = Awaited<ReturnType<AWSLambdaHandler>>;

/** What Lambda hands a function beside the event. */
export type LambdaInvocation = Parameters<AWSLambdaHandler>[1];

export type StreamingHandler = AWSLambdaStreamingHandler;

/** What is left at the end for saying that the time is over. */
const LAST_WORDS_MS = 1_000;

export const toWhole =
  (handler: BedrockOpenAIHandler) =>
  async (event: LambdaEvent, context: LambdaInvocation): Promise<LambdaResult> => {
    const tidied = tidy(event);
    const result = await inTime(context, (signal) =>
      handleLambdaEvent(toFetch(handler, signal, event, context), tidied, context),
    );
    return isMultiValueLoadBalancer(event) ? toMultiValue(result) : result;
  };

/** @param works What goes on after the answers. */
export const toStreaming =
  (handler: BedrockOpenAIHandler, works: ReadonlySet<Promise<unknown>>): StreamingHandler =>
  async (event, stream, context) => {
    if (isLoadBalancer(event))
      throw new TypeError(
        "bedrock-openai: a load balancer takes no streamed answer: bedrockOpenAI(options, { invokeMode: 'BUFFERED' }).",
      );
    await inTime(context, async (signal) => {
      await handleLambdaEventWithStream(
        async (request) => unmeasured(await toFetch(handler, signal, event, context)(request)),
        tidy(event),
        stream,
        context,
      );
      // The caller has its answer; Lambda lets the function run on until it is over.
      await Promise.allSettled(works);
    });
  };

const toFetch =
  (handler: BedrockOpenAIHandler, signal: AbortSignal, event: LambdaEvent, context: LambdaInvocation) =>
  (request: Request): Promise<Response> =>
    handler(new Request(request, { signal }), { event, context });

/** srvx says of every streamed answer that it is chunked, and no answer may say that and its length. */
function unmeasured(answer: Response): Response {
  answer.headers.delete("content-length");
  return answer;
}

/** Lambda cuts a function off in the middle of a word: a second before, the model is stopped and the caller told. */
async function inTime<T>(context: LambdaInvocation, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const expire = (): void => controller.abort(outOfTime(context.functionName));
  const timer = setTimeout(expire, Math.max(0, context.getRemainingTimeInMillis() - LAST_WORDS_MS));
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

const outOfTime = (name: string): BedrockOpenAIError =>
  new BedrockOpenAIError(
    408,
    `The answer took longer than the Lambda function '${name}' may run. Raise its timeout.`,
    { type: "server_error", code: "timeout" },
  );

const isLoadBalancer = ({ requestContext }: LambdaEvent): boolean =>
  requestContext !== undefined && "elb" in requestContext;

const isMultiValueLoadBalancer = (event: LambdaEvent): boolean =>
  isLoadBalancer(event) && "multiValueHeaders" in event && event.multiValueHeaders !== undefined;

/** An event as srvx reads it: with headers, with a query as it was sent, and without a body that no `Request` takes. */
function tidy(event: LambdaEvent): LambdaEvent {
  const several = "multiValueHeaders" in event ? event.multiValueHeaders : undefined;
  const joined = Object.entries(several ?? {}).map(([name, values]) => [name, values?.join(", ")]);
  const method = "httpMethod" in event ? event.httpMethod : event.requestContext?.http?.method;
  const cookies = "cookies" in event ? event.cookies : undefined;
  return {
    ...event,
    headers: asBytes(event.headers ?? Object.fromEntries(joined)),
    ...(cookies && { cookies: Object.values(asBytes(cookies)) }),
    ...(isLoadBalancer(event) && { rawQueryString: rawQuery(event) }),
    ...((method === "GET" || method === "HEAD") && { body: undefined }),
  } as LambdaEvent;
}

/** AWS reads headers as UTF-8, of which no `Headers` takes more than bytes: as Node's own server reads them. */
const asBytes = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, string | undefined]) => [
      name,
      /[^\0-\xff]/.test(value ?? "") ? Buffer.from(value!).toString("latin1") : value,
    ]),
  ) as Record<string, string>;

/** A load balancer hands on the query still encoded. */
function rawQuery(event: LambdaEvent): string {
  const { queryStringParameters, multiValueQueryStringParameters } = event as {
    queryStringParameters?: Record<string, string> | null;
    multiValueQueryStringParameters?: Record<string, string[]> | null;
  };
  return Object.entries({ ...queryStringParameters, ...multiValueQueryStringParameters })
    .flatMap(([name, value]) => [value].flat().map((each) => `${name}=${each}`))
    .join("&");
}

/** With multi-value headers turned on, a load balancer reads these and no others. */
function toMultiValue(result: LambdaResult): LambdaResult {
  const { headers, multiValueHeaders, ...rest } = result as Extract<
    LambdaResult,
    { multiValueHeaders?: object }
  >;
  const several = Object.entries(headers ?? {}).map(([name, value]) => [name, [value]]);
  return { ...rest, multiValueHeaders: { ...Object.fromEntries(several), ...multiValueHeaders } };
}
