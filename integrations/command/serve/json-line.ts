import { inspect } from "node:util";

/** One line of a log that machines read. Errors are told with what caused them. */
export function toJson(level: string, message: string, details: Record<string, unknown>): string {
  const line = { time: new Date().toISOString(), level, message };
  return `${written({ ...line, ...details }) ?? JSON.stringify({ ...line, details: inspect(details) })}\n`;
}

/** Undefined for what holds itself. */
function written(line: object): string | undefined {
  try {
    return JSON.stringify(line, readable);
  } catch {
    return undefined;
  }
}

/** By itself JSON makes nothing of an error, and fails on whole numbers without a bound. */
function readable(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, ...(cause !== undefined && { cause }) };
}
