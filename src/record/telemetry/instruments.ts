import type { CallEvent } from "../usage-event.ts";
import { knownNames } from "./known-names.ts";
import type { Attributes, MeterProvider } from "./otel.ts";

/** What is measured of a call, in seconds. */
interface Seconds {
  whole: number;
  /** Undefined where nothing was streamed. */
  firstChunk: number | undefined;
}

export interface Instruments {
  /** An app may set another one up at any time. */
  readonly provider: MeterProvider;
  measure(event: CallEvent, seconds: Seconds): void;
}

/** The conventions' own bounds. */
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);
const SECONDS = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);

export function createInstruments(provider: MeterProvider, scope: string): Instruments {
  const meter = provider.getMeter(scope);
  const tokenUsage = meter.createHistogram("gen_ai.client.token.usage", {
    description: "Number of input and output tokens used.",
    unit: "{token}",
    advice: { explicitBucketBoundaries: TOKENS },
  });
  const duration = meter.createHistogram("gen_ai.client.operation.duration", {
    description: "GenAI operation duration.",
    unit: "s",
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const firstChunk = meter.createHistogram("gen_ai.client.operation.time_to_first_chunk", {
    description: "Time to receive the first chunk of a streamed answer.",
    unit: "s",
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const nameOf = knownNames();
  return {
    provider,
    measure(event, seconds) {
      const { error, tokens, stream } = event;
      const call = dimensionsOf(event, nameOf);
      duration.record(seconds.whole, error === undefined ? call : { ...call, "error.type": error });
      if (stream && seconds.firstChunk !== undefined) firstChunk.record(seconds.firstChunk, call);
      if (!tokens) return;
      tokenUsage.record(tokens.input, { ...call, "gen_ai.token.type": "input" });
      if (tokens.output > 0) tokenUsage.record(tokens.output, { ...call, "gen_ai.token.type": "output" });
    },
  };
}

/** A caller may name anything: a name that led nowhere is no dimension. */
function dimensionsOf(
  { operation, asked, target, error }: CallEvent,
  nameOf: ReturnType<typeof knownNames>,
): Attributes {
  const isAnswered = error === undefined;
  const request = target && asked !== undefined ? nameOf(asked, isAnswered) : undefined;
  const response = target && nameOf(target.model, isAnswered);
  return {
    "gen_ai.operation.name": operation,
    "gen_ai.provider.name": "aws.bedrock",
    ...(request !== undefined && { "gen_ai.request.model": request }),
    ...(response !== undefined && { "gen_ai.response.model": response }),
  };
}
