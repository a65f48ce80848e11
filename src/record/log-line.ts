import type { Logger } from "../options.ts";
import type { Observer } from "./observer.ts";
import type { CallEvent } from "./usage-event.ts";

/** One line for each call, where a logger has an `info`: never a word of a prompt or an answer, and no key. */
export function createLogLine(logger: Logger): Observer | undefined {
  if (typeof logger.info !== "function") return undefined;
  return {
    // Probes come every few seconds, and say nothing.
    wants: ({ record }) => record.route !== "/health" && record.method !== "OPTIONS",
    over: (_, event) => logger.info?.(toLine(event), toDetails(event)),
  };
}

const toLine = ({ method, route, operation, status }: CallEvent): string =>
  `bedrock-openai: ${[method, route ?? operation ?? "?", status].filter(Boolean).join(" ")}`;

function toDetails(event: CallEvent): Record<string, unknown> {
  const { asked, target, duration, firstToken, adjustments, ...rest } = event;
  const details = {
    ...rest,
    model: asked,
    target: target?.model,
    region: target?.region,
    surface: target?.surface,
    ms: Math.round(duration),
    firstTokenMs: firstToken === undefined ? undefined : Math.round(firstToken),
    adjustments: adjustments.length,
  };
  // A line is read by people and paid for by its length.
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
