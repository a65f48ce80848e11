import type { JsonObject } from "../conversation/types.ts";
import type { AwsParameters } from "../openai/aws-parameters.ts";
import { droppedNotes } from "../conversation/dropped-notes.ts";
import type { Notes } from "./notes.ts";

/**
 * The parameters of a model's own that a request sets: those that its family has, and whatever stands in
 * `additionalModelRequestFields`. Bodies are strict, so that others are left out, with a note.
 * @param known The parameters of the endpoint.
 * @param own Those of the family.
 */
export function ownParameters(
  request: AwsParameters,
  known: Readonly<Record<string, unknown>>,
  own: readonly string[],
  notes: Notes,
): JsonObject {
  const given = Object.entries(request).filter(([, value]) => value != null);
  const foreign = given.flatMap(([name]) => (Object.hasOwn(known, name) || own.includes(name) ? [] : [name]));
  notes.adjustments.push(...droppedNotes(foreign, "This model has no such parameter."));
  return {
    ...Object.fromEntries(given.filter(([name]) => own.includes(name))),
    ...request.additionalModelRequestFields,
  };
}
