import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, type ContextManager, context, metrics, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";

/** OpenTelemetry's SDK as an app sets it up, with exporters that keep everything. */
export interface Telemetry {
  spans(): ReadableSpan[];
  /** The points of a metric: its attributes, its bounds and what was counted. */
  points(name: string): Promise<Point[]>;
  stop(): Promise<void>;
}

export interface Point {
  attributes: Record<string, unknown>;
  value: { count: number; sum: number; buckets: { boundaries: number[] } };
  unit: string;
}

export function startTelemetry(): Telemetry {
  const spans = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const kept = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: kept, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  context.setGlobalContextManager(createManager());
  trace.setGlobalTracerProvider(tracers);
  metrics.setGlobalMeterProvider(meters);
  return {
    spans: () => spans.getFinishedSpans(),
    async points(name) {
      await meters.forceFlush();
      const all =
        kept
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
      const metric = all.find(({ descriptor }) => descriptor.name === name);
      const points = (metric?.dataPoints ?? []) as unknown as Point[];
      return points.map((point) => ({ ...point, unit: metric!.descriptor.unit }));
    },
    async stop() {
      for (const api of [context, trace, metrics]) api.disable();
      await tracers.shutdown();
      await meters.shutdown();
    },
  };
}

/** What `@opentelemetry/context-async-hooks` is. */
function createManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  return {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, run, self, ...args) => storage.run(active, () => run.call(self!, ...args)),
    bind: (_, target) => target,
    enable() {
      return this;
    },
    disable() {
      storage.disable();
      return this;
    },
  };
}
