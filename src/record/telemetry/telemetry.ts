import { isMissing } from "../../optional-package.ts";
import type { Logger, ResolvedOptions } from "../../options.ts";
import { askedName } from "../asked-name.ts";
import { createCaptured } from "../captured.ts";
import { environment } from "../host.ts";
import type { Observer } from "../observer.ts";
import type { CallRecord } from "../record.ts";
import { inputMessages, outputMessages } from "./content.ts";
import { safely } from "../safely.ts";
import { createInstruments, type Instruments } from "./instruments.ts";
import { type LateContext, lateContext } from "./late-context.ts";
import { requestAttributes } from "./request-attributes.ts";
import { responseAttributes } from "./response-attributes.ts";
import type { Otel, Span } from "./otel.ts";

/** A call that is watched. */
interface Watched {
  context: LateContext;
  /** From when on it is known what is asked of which model. */
  span?: Span;
  /** Of `performance.now()`. */
  asked?: number;
}

/**
 * A span and measurements for each call that asks something of a model, by OpenTelemetry's conventions for generative AI. What is
 * refused before that has none. The span is active while AWS is called, so that what AWS's SDK tells belongs to it.
 * Source: open-telemetry/semantic-conventions-genai, `gen-ai-spans.md`, `gen-ai-metrics.md`, `aws-bedrock.md`.
 */
export function createTelemetry(
  { telemetry, logger }: Pick<ResolvedOptions, "telemetry" | "logger">,
  load?: () => Promise<Otel>,
): Observer {
  const captures =
    (typeof telemetry === "object" ? telemetry.captureContent : undefined) ?? capturesByEnvironment();
  const watched = new WeakMap<CallRecord, Watched>();
  let loading: Promise<Otel | undefined> | undefined;
  let otel: Otel | undefined;
  let instruments: Instruments | undefined;
  return {
    async around({ record }, call) {
      otel ??= await (loading ??= loaded(logger, load));
      if (!otel) return call();
      const context = lateContext(otel.context.active());
      watched.set(record, { context });
      return otel.context.with(context, call);
    },
    asked({ record }) {
      const call = watched.get(record);
      if (!otel || !call || call.span || !record.operation) return;
      const tracer = otel.trace.getTracer(SCOPE);
      call.asked = performance.now();
      call.span = tracer.startSpan(
        `${record.operation} ${askedName(record.asked) ?? ""}`.trim(),
        { kind: otel.SpanKind.CLIENT, attributes: requestAttributes(record) },
        call.context.now(),
      );
      call.context.become(otel.trace.setSpan(call.context.now(), call.span));
      if (captures) record.captured = createCaptured();
    },
    wants: ({ record }) => watched.get(record)?.span !== undefined,
    over({ record }, event) {
      const { span, asked = 0 } = watched.get(record) ?? {};
      if (!otel || !span) return;
      watched.delete(record);
      const seconds = { whole: since(asked), firstChunk: secondsTo(record.firstTokenAt, asked) };
      span.setAttributes(responseAttributes(event, record, seconds.firstChunk));
      if (record.captured) span.setAttributes({ ...inputMessages(record), ...outputMessages(record) });
      if (event.error !== undefined) span.setStatus({ code: otel.SpanStatusCode.ERROR });
      span.end();
      const provider = otel.metrics.getMeterProvider();
      if (instruments?.provider !== provider) instruments = createInstruments(provider, SCOPE);
      instruments.measure(event, seconds);
    },
  };
}

const SCOPE = "bedrock-openai";

const since = (moment: number): number => (performance.now() - moment) / 1000;
const secondsTo = (moment: number | undefined, from: number): number | undefined =>
  moment === undefined ? undefined : (moment - from) / 1000;

/** The variable of the conventions' own instrumentations: `true`, or where the content is to go. */
const capturesByEnvironment = (): boolean =>
  /^(true|1|span_only|span_and_event)$/i.test(
    environment("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT") ?? "",
  );

/** Who cannot watch says so once, and fails no call. */
async function loaded(logger: Logger, load?: () => Promise<Otel>): Promise<Otel | undefined> {
  try {
    return load ? await load() : await import("@opentelemetry/api");
  } catch (thrown) {
    const cause = isMissing(thrown, "@opentelemetry/api") ? notInstalled(thrown) : thrown;
    safely(logger, () => logger.error("bedrock-openai: no call is traced or measured", { cause }));
    return undefined;
  }
}

const notInstalled = (cause: unknown): Error =>
  new Error("The option 'telemetry' needs the package '@opentelemetry/api', which is not installed.", {
    cause,
  });
