import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type * as PromClient from "prom-client";
import type { CallEvent } from "../../../src/index.ts";
import { CommandFailure } from "../terminal.ts";
import { boundedNames, OTHER } from "./bounded-names.ts";

/** What has been counted so far, for Prometheus. */
export interface Metrics {
  contentType: string;
  text(): Promise<string>;
  close(): void;
}

/** In seconds: a reasoning model may answer for an hour, and a first piece come in a blink. */
const WHOLE = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600];
const FIRST = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 60, 300];

/**
 * Counts every call of this process, as the channels `bedrock-openai:call:…` tell of them.
 * @throws CommandFailure where the optional package `prom-client` is not installed.
 */
export async function startMetrics(load?: Load): Promise<Metrics> {
  const { Registry, Counter, Gauge, Histogram, collectDefaultMetrics } = await loadClient(load);
  const registers: [PromClient.Registry] = [new Registry()];
  const [registry] = registers;
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `bedrock_openai_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[],
  ) => new Histogram({ name: `bedrock_openai_${name}`, help, labelNames, buckets, registers });

  const requests = counter("requests_total", "Calls by how they ended; 499: the caller left.", [
    "route",
    "model",
    "status",
  ]);
  const tokens = counter(
    "tokens_total",
    "Tokens as AWS counts them. `input` holds `cached` and `written`, `output` holds `reasoning`.",
    ["model", "kind"],
  );
  const cost = counter("cost_total", "What calls cost by the prices of the configuration file.", ["model"]);
  const fallbacks = counter("fallbacks_total", "Targets that failed and were followed by another.", [
    "route",
  ]);
  const whole = histogram("request_duration_seconds", "From the request to the last byte.", ["route"], WHOLE);
  const first = histogram(
    "first_token_seconds",
    "To the first piece of a streamed answer.",
    ["model"],
    FIRST,
  );
  const inFlight = new Gauge({
    name: "bedrock_openai_requests_in_flight",
    help: "Calls that are being answered.",
    registers,
  });
  collectDefaultMetrics({ register: registry });

  const modelOf = boundedNames();
  const begin = (): void => inFlight.inc();
  const end = (message: unknown): void => {
    const event = message as CallEvent;
    const { route = OTHER, status, error, target, duration, firstToken, failedOver } = event;
    const model = target ? modelOf(target.model, error === undefined) : "";
    inFlight.dec();
    requests.inc({ route, model, status: String(status) });
    whole.observe({ route }, duration / 1000);
    if (firstToken !== undefined) first.observe({ model }, firstToken / 1000);
    if (failedOver > 0) fallbacks.inc({ route }, failedOver);
    if (event.cost !== undefined) cost.inc({ model }, event.cost);
    for (const kind of ["input", "output", "cached", "written", "reasoning"] as const)
      if (event.tokens?.[kind]) tokens.inc({ model, kind }, event.tokens[kind]);
  };
  subscribe(START, begin);
  subscribe(END, end);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close() {
      unsubscribe(START, begin);
      unsubscribe(END, end);
    },
  };
}

const START = "bedrock-openai:call:start";
const END = "bedrock-openai:call:end";

type Load = () => Promise<typeof PromClient>;

async function loadClient(load?: Load): Promise<typeof PromClient> {
  try {
    return load ? await load() : await import("prom-client");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CommandFailure("Metrics need the package 'prom-client': install it beside bedrock-openai.");
  }
}
