import type {
  Conversation,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
  Usage,
} from "../../conversation/types.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import { continues } from "./native-answer.ts";
import { countsOfMetrics, isIntervened, pointed, toUsage, traceOf } from "./native-facts.ts";

export interface NativeDecoder {
  chunk(chunk: JsonObject, events: ConverseStreamEvent[]): void;
  /** False where the answer is not complete. */
  end(events: ConverseStreamEvent[]): boolean;
}

/**
 * Native chunks as events. How the answer ended is told at the end, since a guardrail may have the last word; what was
 * counted on the way, once, after it.
 */
export function createNativeDecoder(dialect: Dialect, conversation: Conversation): NativeDecoder {
  const paths = conversation.additionalModelResponseFieldPaths ?? [];
  const read = dialect.createReader(continues(conversation));
  let stopReason: StopReason | undefined;
  let intervened = false;
  const counted: Partial<Usage> = {};
  let metrics: Partial<Usage> = {};
  let latencyMs: number | undefined;
  let trace: JsonObject | undefined;
  const fields: JsonObject = {};

  return {
    chunk(chunk, events) {
      const measured = chunk["amazon-bedrock-invocationMetrics"] as JsonObject | undefined;
      if (measured) {
        metrics = countsOfMetrics(measured);
        latencyMs = Number(measured["invocationLatency"] ?? 0);
      }
      intervened ||= isIntervened(chunk);
      trace ??= traceOf(chunk);
      Object.assign(fields, pointed(chunk, paths));
      for (const event of read(chunk)) {
        if (event.messageStop) ({ stopReason } = event.messageStop);
        else if (event.metadata) Object.assign(counted, event.metadata.usage);
        else events.push(event);
      }
    },
    end(events) {
      if (stopReason === undefined && !intervened) return false;
      const hasFields = Object.keys(fields).length > 0;
      events.push({
        messageStop: {
          stopReason: intervened ? "guardrail_intervened" : stopReason!,
          ...(hasFields && { additionalModelResponseFields: fields }),
        },
      });
      events.push({
        metadata: {
          usage: toUsage(counted, metrics),
          ...(latencyMs !== undefined && { metrics: { latencyMs } }),
          ...(trace && { trace }),
        },
      });
      return true;
    },
  };
}
