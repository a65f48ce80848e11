import type { ConverseStreamEvent } from "../../conversation/types.ts";

/**
 * What a test double of the SDK client returns instead of bytes (`aws-sdk-client-mock` and the like), as it would have
 * stood on the wire: bytes as base64, no metadata of the SDK.
 */
export function toWireJson(output: unknown): unknown {
  if (output instanceof Uint8Array) return Buffer.from(output).toString("base64");
  if (Array.isArray(output)) return output.map(toWireJson);
  if (typeof output !== "object" || output === null) return output;
  return Object.fromEntries(
    Object.entries(output)
      .filter(([name, value]) => name !== "$metadata" && value !== undefined)
      .map(([name, value]) => [name, toWireJson(value)]),
  );
}

export async function* toWireEvents(output: unknown): AsyncGenerator<ConverseStreamEvent[]> {
  const { stream } = output as { stream?: AsyncIterable<unknown> };
  for await (const event of stream ?? []) yield [toWireJson(event) as ConverseStreamEvent];
}
