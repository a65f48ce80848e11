import { converseRequest } from "./converse-request.ts";
import { pick } from "./members-of.ts";
import { blob, string, structure, union } from "./shape.ts";
import type { Shape } from "./shape.ts";

/** CountTokensRequest. Source: the `bedrock-runtime` service model. */
export const countTokensRequest: Shape = structure({
  modelId: string({ min: 1, max: 256, pattern: "[a-zA-Z_\\.\\-/0-9:]+" }),
  input: union("CountTokensInput", {
    invokeModel: structure({ body: blob({ min: 0, max: 25_000_000 }) }),
    converse: structure(
      {},
      pick(converseRequest, ["messages", "system", "toolConfig", "additionalModelRequestFields"]),
    ),
  }),
});
