import { toMediaBlock } from "../conversation/media/media-block.ts";
import type { JsonObject } from "../conversation/types.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import { invalidRequest } from "../errors.ts";
import type { GivenInput, ModerationPart } from "../openai/moderation-request.ts";
import { type Attachments, fileSize } from "../http/attachments.ts";
import { type FetchedMedia, isHttp, sourceOf } from "../reception/files.ts";
import { refuseLargeImage } from "./image-bounds.ts";

/** What is judged as a whole. */
export interface Input {
  pieces: readonly Piece[];
  /** Where it stands in the request. */
  at: string;
}

/** A text, or an image by its address or its data. */
export interface Piece {
  kind: "text" | "image";
  data: string;
  at: string;
}

/** Inputs in the order of their results. */
export function toInputs(input: GivenInput): Input[] {
  if (!Array.isArray(input)) return [textInput(input, "input")];
  const parts = input.filter((item) => typeof item !== "string");
  if (parts.length > 0) return [{ pieces: parts.map(toPiece), at: "input" }];
  return (input as string[]).map((text, index) => textInput(text, `input[${index}]`));
}

const textInput = (data: string, at: string): Input => ({ pieces: [{ kind: "text", data, at }], at });

function toPiece(part: ModerationPart, index: number): Piece {
  const at = `input[${index}]`;
  if (part.type === "text") return { kind: "text", data: part.text, at: `${at}.text` };
  const { image_url: image } = part;
  return typeof image === "string"
    ? { kind: "image", data: image, at: `${at}.image_url` }
    : { kind: "image", data: image.url, at: `${at}.image_url.url` };
}

export const imagesIn = (inputs: readonly Input[]): Piece[] =>
  inputs.flatMap(({ pieces }) => pieces.filter(({ kind }) => kind === "image"));

/** The http(s) URLs of all images, each with the first place that it stands in. */
export const urlsIn = (inputs: readonly Input[]): Map<string, string> =>
  new Map(
    imagesIn(inputs)
      .filter(({ data }) => isHttp(data))
      .toReversed()
      .map(({ data, at }) => [data, at] as const),
  );

/** The texts of a body, not yet validated, that are read as files. */
export function* filesIn(body: unknown): Generator<string> {
  const input = isObject(body) ? body["input"] : undefined;
  for (const part of Array.isArray(input) ? (input as unknown[]) : []) {
    const image = isObject(part) ? part["image_url"] : undefined;
    const url = isObject(image) ? image["url"] : image;
    if (typeof url === "string") yield url;
  }
}

/** Source: the `bedrock-runtime` service model. */
const IMAGES: ReadonlySet<string> = new Set(["png", "jpeg"]);

/**
 * An input as ApplyGuardrail takes it.
 * @throws BedrockOpenAIError 400 for an image that is neither PNG nor JPEG by its bytes, and for one that is too large.
 */
export const toContent = ({ pieces }: Input, media: FetchedMedia, attachments: Attachments): JsonObject[] =>
  pieces.map((piece) =>
    piece.kind === "text" ? { text: { text: piece.data } } : toImage(piece, media, attachments),
  );

function toImage({ data, at: param }: Piece, media: FetchedMedia, attachments: Attachments): JsonObject {
  const source = sourceOf(data, param, media);
  const { image } = toMediaBlock({ source, param, kind: "image", fetched: isHttp(data) }).block;
  const bytes = image?.source.bytes;
  if (image && bytes !== undefined && IMAGES.has(image.format)) {
    refuseLargeImage(fileSize(bytes, attachments), param);
    return { image: { format: image.format, source: { bytes } } };
  }
  throw invalidRequest(
    `Invalid '${param}': a guardrail looks at images in PNG and JPEG, sent as data or behind an http(s) URL.`,
    { code: "invalid_image_format", param },
  );
}
