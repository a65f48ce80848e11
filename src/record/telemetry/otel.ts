import type { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

/** What is used of OpenTelemetry's API. */
export interface Otel {
  readonly context: typeof context;
  readonly metrics: typeof metrics;
  readonly trace: typeof trace;
  readonly SpanKind: typeof SpanKind;
  readonly SpanStatusCode: typeof SpanStatusCode;
}

export type { Attributes, Context, MeterProvider, Span } from "@opentelemetry/api";
