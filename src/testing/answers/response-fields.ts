import { CLAUDE } from "../rules/families.ts";
import type { JsonObject } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { isObject } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";

/**
 * What `additionalModelResponseFieldPaths` selects from a Claude's native answer, of which the emulator has the stop
 * sequence and the count of thoughts. Paths that lead nowhere are ignored, as at AWS.
 */
export function responseFields(
  request: ConverseRequest,
  { baseId }: Model,
  stopSequence: string | undefined,
  thinkingTokens: number,
): JsonObject | undefined {
  if (!CLAUDE.test(baseId)) return undefined;
  const native = {
    stop_sequence: stopSequence ?? null,
    delta: { stop_sequence: stopSequence ?? null },
    usage: { output_tokens_details: { thinking_tokens: thinkingTokens } },
  };
  const found = (request.additionalModelResponseFieldPaths ?? []).flatMap((path) => {
    const steps = path.split("/").slice(1);
    const value = steps.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), native);
    return value === undefined ? [] : [nest(steps, value)];
  });
  return found.length > 0 ? (Object.assign({}, ...found) as JsonObject) : undefined;
}

function nest(steps: readonly string[], value: unknown): JsonObject {
  return steps.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as JsonObject;
}
