/** What the option `telemetry` loads. */
export * from "../first-call.ts";
export { createTelemetry } from "../record/telemetry/telemetry.ts";
