import type { Adjustment } from "../../../adjustments.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { NativeLetter } from "../../../bedrock/surfaces/forward.ts";
import type { Attachments } from "../../../http/attachments.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { decodeMetadata } from "../../../reception/metadata.ts";
import { createNotes, type Notes } from "../../../reception/notes.ts";
import { knownBetas } from "../request/known-betas.ts";
import { metadataOf } from "../request/metadata.ts";

interface Asking {
  body: JsonObject;
  betas: readonly string[];
  attachments: Attachments;
}

/** The caller's request for the way that leads to the target: what Bedrock's body has no member for is told beside it. */
export function edit(
  { body, betas: asked, attachments }: Asking,
  target: Target,
): { letter: NativeLetter; adjustments: readonly Adjustment[] } {
  const { betas, adjustments } = knownBetas([...new Set(asked)]);
  const notes = createNotes();
  const addressed = target.native ? toHost(body, betas, target) : toInvoke(body, betas, notes);
  return {
    letter: { ...addressed, target, api: "messages", attachments },
    adjustments: [...adjustments, ...notes.adjustments],
  };
}

type Addressed = Pick<NativeLetter, "body" | "headers" | "invocation">;

/** Source: aws-bedrock §D.5: the operation says whether it streams, the URL names the model, and a header who asks. */
function toInvoke(body: JsonObject, betas: readonly string[], notes: Notes): Addressed {
  const { model: _, model_id: __, stream, metadata, service_tier: ___, ...rest } = body;
  const requestMetadata = decodeMetadata(metadataOf(metadata), notes);
  return {
    body: {
      anthropic_version: "bedrock-2023-05-31",
      ...rest,
      ...(betas.length > 0 && { anthropic_beta: betas }),
    },
    invocation: {
      streams: stream === true,
      ...(Object.keys(requestMetadata).length > 0 && { requestMetadata }),
    },
  };
}

/** Source: aws-bedrock §A.9. */
function toHost(body: JsonObject, betas: readonly string[], { modelId }: Target): Addressed {
  const { model_id: _, ...rest } = body;
  return {
    body: { ...rest, model: modelId },
    headers: {
      "anthropic-version": "2023-06-01",
      ...(betas.length > 0 && { "anthropic-beta": betas.join(",") }),
    },
  };
}
