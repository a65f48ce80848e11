import { createHash } from "node:crypto";
import { list, object, oneOf } from "../data-family.ts";
import type { BodyShape, JsonObject } from "../data-family.ts";
import { embedParts } from "./embed.ts";
import type { Part } from "./embed.ts";
import { FORMS } from "./quantize.ts";
import type { FormName } from "./quantize.ts";

/** What the generations of Cohere Embed have in common. Source: AWS's guide to Cohere Embed. */

export const MAX_ITEMS = 96;
export const INPUT_TYPES = ["search_document", "search_query", "classification", "clustering"];
export const EMBEDDING_TYPES = list(oneOf(...Object.keys(FORMS)), { min: 1 });

/** In the words that Bedrock's users have reported. */
export const BAD_COMBINATION = "Invalid parameter combination. Please check and try again.";
export const TOO_LONG = "Input is too long for requested model.";

type Members = Readonly<Record<string, BodyShape>>;

/** A body of which one input must be there; which one, is not the schema's to say. */
export function cohereShape(
  body: JsonObject,
  { inputs, required, options }: { inputs: Members; required: Members; options: Members },
): BodyShape {
  const given = Object.keys(inputs).some((key) => Object.hasOwn(body, key));
  return given ? object(required, { ...inputs, ...options }) : object({ ...inputs, ...required }, options);
}

/** Whether one of several lists is given, and holds something. */
export function onlyOne(...lists: readonly (readonly unknown[] | undefined)[]): boolean {
  const [only, ...more] = lists.filter((given) => given !== undefined);
  return only !== undefined && only.length > 0 && more.length === 0;
}

/** Cohere's answer: plain vectors, or an object of them by type where types were asked for. The input comes back with it. */
export function cohereBody(
  body: JsonObject,
  items: readonly (readonly Part[])[],
  dimensions: number,
  echo: JsonObject,
): JsonObject {
  const types = body["embedding_types"] as FormName[] | undefined;
  // Queries and documents are in one space here: `input_type` turns no vector.
  const vectors = items.map((parts) => embedParts(parts, dimensions));
  return {
    id: idOf(body),
    embeddings: types ? Object.fromEntries(types.map((type) => [type, vectors.map(FORMS[type])])) : vectors,
    response_type: types ? "embeddings_by_type" : "embeddings_floats",
    ...echo,
  };
}

/** A uuid that only the request decides. */
function idOf(body: JsonObject): string {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
