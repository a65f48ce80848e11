/** What Lambda's runtime holds of the invocations that are at work. Source: `@aws/lambda-invoke-store`. */
interface InvokeStore {
  getXRayTraceId?(): string | undefined;
  getTraceparent?(): string | undefined;
  getTracestate?(): string | undefined;
  getBaggage?(): string | undefined;
}

const store = (): InvokeStore | undefined =>
  (globalThis as { awslambda?: { InvokeStore?: InvokeStore } }).awslambda?.InvokeStore;

/**
 * The headers by which the SDK tells AWS, from within Lambda, which invocation makes a call, so that loops are found and traces held together.
 * What a call says itself counts. Source: the SDK's recursion detection.
 * @param names Headers of the call.
 */
export function invocationHeaders(names: readonly string[]): Record<string, string> {
  const said = new Set(names.map((name) => name.toLowerCase()));
  const held = store();
  const trace = held?.getXRayTraceId?.() ?? process.env["_X_AMZN_TRACE_ID"];
  const parent = held?.getTraceparent?.();
  return {
    ...(trace && !said.has("x-amzn-trace-id") && { "X-Amzn-Trace-Id": trace }),
    ...(parent && !said.has("traceparent") && parentHeaders(parent, held)),
  };
}

function parentHeaders(traceparent: string, held: InvokeStore | undefined): Record<string, string> {
  const tracestate = held?.getTracestate?.();
  const baggage = held?.getBaggage?.();
  return { traceparent, ...(tracestate && { tracestate }), ...(baggage && { baggage }) };
}
