import { malformed } from "../data-family.ts";
import type { DataFamily, ImageFormat, JsonObject } from "../data-family.ts";
import { embedBytes, embedText } from "./embed.ts";
import { decode, imageProblem, isBase64 } from "./images.ts";
import { novaShape } from "./nova-shape.ts";
import { countTokens, fitTokens } from "./tokens.ts";
import { notAmong } from "./wording.ts";

const DIMENSIONS = [256, 384, 1024, 3072];
const MAX_TOKENS = 8192;

interface Source {
  bytes?: string;
  s3Location?: { uri: string };
}

interface Params {
  embeddingDimension?: number;
  text?: { truncationMode: "START" | "END" | "NONE"; value?: string; source?: Source };
  image?: { format: ImageFormat; source: Source };
  audio?: { source: Source };
  video?: { source: Source; embeddingMode: "AUDIO_VIDEO_COMBINED" | "AUDIO_VIDEO_SEPARATE" };
}

/** Nova Multimodal Embeddings: one text, image, sound or video. */
export const NOVA_EMBED: DataFamily = {
  name: "Nova multimodal embeddings",
  models: /^amazon\.nova-2-multimodal-embeddings/,
  shape: (_, body) => novaShape(body),
  check: ({ singleEmbeddingParams }) => problemIn(singleEmbeddingParams as Params),
  answer: ({ singleEmbeddingParams }) => {
    const params = singleEmbeddingParams as Params;
    const { text, embeddingDimension = 3072 } = params;
    if (!text) return { body: { embeddings: embedMedia(params, embeddingDimension) } };
    // What lies in S3 is not here to be read; its address stands for it.
    const given = text.value ?? text.source?.s3Location?.uri ?? "";
    const read = fitTokens(given, MAX_TOKENS, text.truncationMode === "START" ? "start" : "end");
    const inputTokenCount = countTokens(read);
    const embedding = {
      embeddingType: "TEXT",
      embedding: embedText(read, embeddingDimension),
      ...(read !== given && { truncatedCharLength: read.length }),
    };
    return { body: { embeddings: [embedding], inputTokenCount }, inputTokens: inputTokenCount };
  },
};

function problemIn({ embeddingDimension, text, image, audio, video }: Params): string | undefined {
  const wrong = notAmong(embeddingDimension, DIMENSIONS);
  if (wrong !== undefined) return malformed(`#/singleEmbeddingParams/embeddingDimension: ${wrong}`);
  if ([text, image, audio, video].filter(Boolean).length !== 1)
    return "Exactly one of text, image, audio, video must be present in singleEmbeddingParams.";
  if (text && (text.value === undefined) === (text.source === undefined))
    return "Exactly one of value, source must be present in text.";
  const media = image?.source ?? audio?.source ?? video?.source;
  if (media && Object.keys(media).length !== 1)
    return "Exactly one of bytes, s3Location must be present in source.";
  if (image?.source.bytes !== undefined) return imageProblem(image.source.bytes, [image.format]);
  return media?.bytes === undefined || isBase64(media.bytes)
    ? undefined
    : "The media is not a valid base64-encoded string.";
}

/** A video may give one vector for what is seen and one for what is heard. */
function embedMedia({ image, audio, video }: Params, dimensions: number): JsonObject[] {
  const { bytes, s3Location } = (image ?? audio ?? video)?.source ?? {};
  const content = bytes === undefined ? Buffer.from(s3Location?.uri ?? "") : decode(bytes);
  const named = (embeddingType: string, heard = false): JsonObject => ({
    embeddingType,
    embedding: embedBytes(heard ? Buffer.concat([content, Buffer.from("audio")]) : content, dimensions),
  });
  if (image) return [named("IMAGE")];
  if (audio) return [named("AUDIO")];
  return video?.embeddingMode === "AUDIO_VIDEO_SEPARATE"
    ? [named("VIDEO"), named("AUDIO", true)]
    : [named("AUDIO_VIDEO_COMBINED")];
}
