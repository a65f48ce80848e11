import * as fc from "fast-check";
import type { JsonObject } from "../../src/conversation/types.ts";

const REFERENCES = ["#", "#/$defs/a", "#/$defs/b", "#/definitions/a", "#/properties/a", "#/$defs/none"];

const key = fc.constantFrom("a", "b", "type", "properties", "minimum", "required", "$ref", "items");

/** Schemas as clients send them: references that lead on, in circles and nowhere, and keywords of every kind. */
const { schema } = fc.letrec<{ schema: JsonObject; properties: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<JsonObject>(
      { type: "string" },
      { type: "string", minLength: 1, maxLength: 9, pattern: "^a" },
      { type: "number", minimum: 0, exclusiveMaximum: 9, multipleOf: 3, description: "d" },
      { type: ["string", "null"], enum: ["a", null] },
      { const: { type: "object" } },
      { type: "string", format: "date-time", default: "now" },
      { type: "object" },
      {},
    ),
    fc.constantFrom(...REFERENCES).map(($ref): JsonObject => ({ $ref })),
    fc.record(
      { type: fc.constant("array"), items: tie("schema"), minItems: fc.nat(3), maxItems: fc.nat(9) },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constantFrom<unknown>("object", ["object", "null"]),
        properties: tie("properties"),
        required: fc.subarray(["a", "b"]),
        additionalProperties: fc.oneof<fc.Arbitrary<unknown>[]>(fc.boolean(), tie("schema")),
      },
      { requiredKeys: ["properties"] },
    ),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
  ) as fc.Arbitrary<JsonObject>,
  properties: fc.dictionary(key, tie("schema"), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
}));

/** The root: an object, now and then with definitions, a title and other silent keywords. */
export const anySchema: fc.Arbitrary<JsonObject> = fc.record(
  {
    type: fc.constant("object"),
    properties: fc.dictionary(key, schema, { maxKeys: 3 }),
    required: fc.subarray(["a", "b"]),
    additionalProperties: fc.oneof<fc.Arbitrary<unknown>[]>(fc.constant(false), fc.boolean()),
    $defs: fc.record({ a: schema, b: schema }),
    definitions: fc.record({ a: schema }),
    title: fc.constant("T"),
    $schema: fc.constant("https://json-schema.org/draft/2020-12/schema"),
  },
  { requiredKeys: ["type"] },
) as fc.Arbitrary<JsonObject>;
