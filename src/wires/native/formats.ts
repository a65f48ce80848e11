import type { Target } from "../../bedrock/models/target.ts";

/** Of structured output: gpt-oss has none natively, xAI's models only on mantle, and a free object nobody for sure. */
export function keepsToFormat(format: unknown, { family, native }: Target): boolean {
  if (format === "json_schema")
    return !family.includes("gpt-oss") && !(family.startsWith("xai.") && native?.host === "runtime");
  return format !== "json_object";
}
