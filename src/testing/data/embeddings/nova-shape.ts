import { anything, integer, isObject, object, oneOf, openObject, string, text } from "../data-family.ts";
import type { BodyShape, JsonObject } from "../data-family.ts";

/** What AWS documents for a text. What may be truncated is let be longer, as AWS's users have found. */
const MAX_CHARACTERS = 8192;
const MAX_TRUNCATED_CHARACTERS = 50_000;

const s3Location = object({ uri: string({ min: 1 }) }, { bucketOwner: text });
const source = object({}, { bytes: string({ min: 1 }), s3Location });

const PURPOSE = oneOf(
  "GENERIC_INDEX",
  "GENERIC_RETRIEVAL",
  "TEXT_RETRIEVAL",
  "IMAGE_RETRIEVAL",
  "VIDEO_RETRIEVAL",
  "DOCUMENT_RETRIEVAL",
  "AUDIO_RETRIEVAL",
  "CLASSIFICATION",
  "CLUSTERING",
);
const MEDIA = {
  image: object(
    { format: oneOf("png", "jpeg", "gif", "webp"), source },
    { detailLevel: oneOf("STANDARD_IMAGE", "DOCUMENT_IMAGE") },
  ),
  audio: object({ format: oneOf("mp3", "wav", "ogg"), source }),
  video: object({
    format: oneOf("mp4", "mov", "mkv", "webm", "flv", "mpeg", "mpg", "wmv", "3gp"),
    source,
    embeddingMode: oneOf("AUDIO_VIDEO_COMBINED", "AUDIO_VIDEO_SEPARATE"),
  }),
};

/** What a body for Nova's embeddings may hold. Source: AWS's schema of Nova's embeddings. */
export function novaShape(body: JsonObject): BodyShape {
  // A body for another model is taken for a chat's: that is what AWS's users have reported.
  if (!("taskType" in body || "singleEmbeddingParams" in body || "messages" in body))
    return openObject({ messages: anything });
  return object(
    {
      taskType: oneOf("SINGLE_EMBEDDING"),
      singleEmbeddingParams: paramsShape(body["singleEmbeddingParams"]),
    },
    { schemaVersion: oneOf("nova-multimodal-embed-v1") },
  );
}

function paramsShape(params: unknown): BodyShape {
  const given = isObject(params) && isObject(params["text"]) ? params["text"] : {};
  const max = given["truncationMode"] === "NONE" ? MAX_CHARACTERS : MAX_TRUNCATED_CHARACTERS;
  const written = object(
    { truncationMode: oneOf("START", "END", "NONE") },
    { value: string({ min: 1, max }), source: object({ s3Location }) },
  );
  return object({ embeddingPurpose: PURPOSE }, { embeddingDimension: integer(), text: written, ...MEDIA });
}
