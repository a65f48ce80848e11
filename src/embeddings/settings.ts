import { invalidRequest } from "../errors.ts";
import { type EmbeddingRequest, embeddingRequestShape } from "../openai/embedding-request.ts";
import type { Notes } from "../reception/notes.ts";
import { ownParameters } from "../reception/own-parameters.ts";
import type { EmbeddingFamily, InputType, Settings } from "./family.ts";
import type { GivenInput } from "./given.ts";

/** Cohere's, Voyage's, NVIDIA's, Jina's and Google's words for what vectors are for. */
const INPUT_TYPES: readonly (readonly [RegExp, InputType])[] = [
  [/^(search_query|query|retrieval[._]query)$/i, "search_query"],
  [/^(search_document|document|passage|retrieval[._](passage|document))$/i, "search_document"],
  [/^classification$/i, "classification"],
  [/^(clustering|separation)$/i, "clustering"],
];

/** What clients say beside an embedding that changes nothing. */
const KNOWN = { ...embeddingRequestShape.shape, task: undefined };

/**
 * What of a request is the family's to know.
 * @throws BedrockOpenAIError 400 for dimensions that it does not have, and for a purpose that is none.
 */
export function settingsOf(
  request: EmbeddingRequest,
  inputs: readonly GivenInput[],
  family: EmbeddingFamily,
  notes: Notes,
): Settings {
  return {
    dimensions: dimensionsOf(request, family),
    inputType: inputTypeOf(request, inputs, family, notes),
    own: ownParameters(request, KNOWN, family.parameters, notes),
  };
}

/** A family with one size only is not told it. */
function dimensionsOf({ dimensions, model }: EmbeddingRequest, family: EmbeddingFamily): number | undefined {
  if (dimensions == null) return undefined;
  const [only, ...others] = family.dimensions;
  if (!family.dimensions.includes(dimensions)) {
    const sizes =
      others.length === 0
        ? `This model does not support specifying dimensions; it always returns ${only}.`
        : `The model '${model.slice(0, 200)}' supports ${family.dimensions.join(", ")}.`;
    throw invalidRequest(
      `Unsupported value: 'dimensions' does not support ${dimensions} with this model. ${sizes}`,
      {
        code: "unsupported_value",
        param: "dimensions",
      },
    );
  }
  return others.length === 0 ? undefined : dimensions;
}

function inputTypeOf(
  request: EmbeddingRequest & { task?: unknown },
  inputs: readonly GivenInput[],
  { hasInputType = false }: EmbeddingFamily,
  notes: Notes,
): InputType | undefined {
  const param = request.input_type == null ? "task" : "input_type";
  const said = request[param];
  if (said == null) return undefined;
  if (!hasInputType) {
    notes.note(param, "dropped", "This model embeds documents and queries alike.");
    return undefined;
  }
  // Cohere's word for images, which says of them nothing that they do not.
  if (said === "image") {
    if (inputs.some(({ given }) => given.some(({ kind }) => kind === "text")))
      notes.note(param, "dropped", "'image' says nothing of texts, which are embedded as documents.");
    return undefined;
  }
  const found = typeof said === "string" ? INPUT_TYPES.find(([pattern]) => pattern.test(said)) : undefined;
  if (found) return found[1];
  const supported = "'search_document', 'search_query', 'classification' and 'clustering'";
  throw invalidRequest(`Invalid value for '${param}'. Supported values are: ${supported}.`, {
    code: "invalid_value",
    param,
  });
}
