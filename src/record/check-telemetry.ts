import type { TelemetryOptions } from "./usage-event.ts";

/** What is wrong with the option `telemetry`: a text such as "false" counts as true, and would put prompts into spans. */
export function checkTelemetry(telemetry: boolean | TelemetryOptions | undefined): string | undefined {
  if (telemetry === undefined || typeof telemetry === "boolean") return undefined;
  if (typeof telemetry !== "object" || telemetry === null || Array.isArray(telemetry))
    return "'telemetry' must be true, false or an object";
  const unknown = Object.keys(telemetry).find((name) => name !== "captureContent");
  if (unknown) return `'telemetry' has no '${unknown.slice(0, 100)}'; known is captureContent`;
  const { captureContent } = telemetry;
  return captureContent === undefined || typeof captureContent === "boolean"
    ? undefined
    : "'telemetry.captureContent' must be true or false";
}
