import type { JsonObject } from "../conversation/types.ts";
import { invalidRequest } from "../errors.ts";
import { weightOf } from "./batches.ts";
import type { Input } from "./family.ts";

/** How many times a body's bound may be sent to AWS for one request. */
const MOST = 8;

/**
 * One small request may name a large file thousands of times, or ask for thousands of calls that each carry all its
 * parameters.
 * @param sizeOf Of a file's base64.
 * @throws BedrockOpenAIError 400 before anything is sent.
 */
export function refuseAmplified(
  batches: readonly (readonly Input[])[],
  own: JsonObject,
  { sizeOf, maxBodyBytes }: { sizeOf: (base64: string) => number; maxBodyBytes: number },
): void {
  const inputs = batches.flat().reduce((sum, input) => sum + weightOf(input, sizeOf), 0);
  // Members weigh far more in memory than in JSON, and all bodies are there at once.
  const parameters = JSON.stringify(own).length * batches.length;
  if (inputs <= MOST * maxBodyBytes && parameters <= maxBodyBytes) return;
  throw invalidRequest("Too much to embed in one request. Send the inputs in several requests.", {
    code: "array_above_max_length",
    param: "input",
  });
}
