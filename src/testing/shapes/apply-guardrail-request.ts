import { converseRequest } from "./converse-request.ts";
import { membersOf } from "./members-of.ts";
import { blob, list, oneOf, string, structure, union } from "./shape.ts";
import type { Shape } from "./shape.ts";

const { guardrailConfig } = membersOf(converseRequest);
const { guardrailIdentifier, guardrailVersion } = membersOf(guardrailConfig);

const content = union("GuardrailContentBlock", {
  text: structure(
    { text: string() },
    { qualifiers: list(oneOf("grounding_source", "query", "guard_content")) },
  ),
  image: structure({
    format: oneOf("png", "jpeg"),
    source: union("GuardrailImageSource", { bytes: blob({ min: 1 }) }),
  }),
});

/** ApplyGuardrailRequest. Source: the `bedrock-runtime` service model. */
export const applyGuardrailRequest: Shape = structure(
  {
    guardrailIdentifier: guardrailIdentifier as Shape,
    guardrailVersion: guardrailVersion as Shape,
    source: oneOf("INPUT", "OUTPUT"),
    content: list(content),
  },
  { outputScope: oneOf("INTERVENTIONS", "FULL") },
);
