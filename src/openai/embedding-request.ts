import * as z from "../schema/z.ts";
import { awsParameters } from "./aws-parameters.ts";
import { listOf } from "./list-of.ts";
import { MAX_LISTED, meantBy, tokenIds, tokenLists } from "./token-ids.ts";

const text = z.string();

const url = z.union([
  z.string().min(1),
  z.looseObject({ url: z.string().min(1), format: z.string().nullish() }),
]);

/**
 * A piece of an input that is no plain text: OpenAI's content parts, which compatible servers take here, and Jina's short
 * form `{ text }`, `{ image }`, `{ audio }`, `{ video }`.
 */
const piece = z
  .looseObject({
    type: z.enum(["text", "image_url", "input_audio", "video_url"]).nullish(),
    text: z.string().nullish(),
    image: url.nullish(),
    image_url: url.nullish(),
    audio: url.nullish(),
    input_audio: z.looseObject({ data: z.string().min(1), format: z.string().nullish() }).nullish(),
    video: url.nullish(),
    video_url: url.nullish(),
  })
  .refine((given) => PIECES.some((name) => given[name] != null), "expected text, an image, audio or video");

/** The members of a piece that hold something, in the order in which several of one object are read. */
export const PIECES = ["text", "image", "image_url", "audio", "input_audio", "video", "video_url"] as const;

/** Cohere's way: several pieces that become one vector. */
const fused = z.looseObject({ content: listOf(piece, 1, 64) });

const item = meantBy<string | EmbeddingPiece | FusedPieces>((value) => {
  if (typeof value !== "object" || value === null) return text;
  return "content" in value ? fused : piece;
});

export type EmbeddingPiece = z.output<typeof piece>;
export type FusedPieces = z.output<typeof fused>;
export type EmbeddingItem = string | EmbeddingPiece | FusedPieces;

/** One input or several, each as text, as token ids, or as pieces. */
export type EmbeddingInput = EmbeddingItem | EmbeddingItem[] | number[] | number[][];

const items = listOf(item, 1, MAX_LISTED);

/** The first item tells what the caller meant. */
const input = meantBy<EmbeddingInput>((value) => {
  if (!Array.isArray(value)) return item;
  const [first] = value as unknown[];
  if (typeof first === "number") return tokenIds;
  return Array.isArray(first) ? tokenLists : items;
});

/**
 * The request of `POST /embeddings`, as OpenAI's API reference defines it, with what multimodal models take beside text.
 * `null` means "not given" wherever OpenAI accepts it.
 */
export const embeddingRequestShape = z.object({
  model: z.string().min(1),
  input,
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().min(1).nullish(),
  // Cohere's word for what the vectors are for; Jina calls it `task`.
  input_type: z.string().min(1).nullish(),
  ...awsParameters,
});

export const embeddingRequest = embeddingRequestShape.loose();

export type EmbeddingRequest = z.output<typeof embeddingRequestShape>;
