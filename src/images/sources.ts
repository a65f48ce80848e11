import type { CallContext } from "../context.ts";
import { invalidRequest } from "../errors.ts";
import type { ImageRequest } from "../openai/image-request.ts";
import { type FetchedMedia, isHttp, sourceOf } from "../reception/files.ts";
import type { Picture } from "./picture.ts";
import { readPicture } from "./read-picture.ts";
import { invalidValue, missing } from "./refusals.ts";

/** A picture's text: a data URL, base64, or a URL, and where it stands in the request. */
export interface Source {
  data: string;
  param: string;
}

/** OpenAI's names first, then Stability's, of the service that takes two. */
const PLACES = ["image", "images", "init_image", "style_image"] as const;

/** Parameters that are pictures. */
export const PICTURE_PARAMETERS: readonly string[] = [...PLACES, "mask"];

type Given = Exclude<ImageRequest["mask"], null | undefined>;

/** The pictures of a request, in their order. @throws BedrockOpenAIError 400 for one that is stored elsewhere. */
export const imagesIn = (request: ImageRequest): Source[] =>
  PLACES.flatMap((place) => {
    const given = request[place];
    if (given == null) return [];
    return Array.isArray(given)
      ? given.map((each, index) => toSource(each, `${place}[${index}]`))
      : [toSource(given, place)];
  });

export const maskIn = ({ mask }: ImageRequest): Source | undefined =>
  mask == null ? undefined : toSource(mask, "mask");

function toSource(given: Given, param: string): Source {
  if (typeof given === "string") return { data: given, param };
  const { image_url: url, file_id: id } = given;
  if (url) return { data: typeof url === "string" ? url : url.url, param: `${param}.image_url` };
  if (id) throw invalidValue(`${param}.file_id`, "no files are stored here; send the image itself.");
  throw missing(`${param}.image_url`);
}

/**
 * The pictures that sources lead to, those behind URLs downloaded, each once.
 * @throws BedrockOpenAIError 400 for what is no picture, or cannot be had.
 */
export async function readPictures(
  sources: readonly Source[],
  { fetchMedia, signal }: CallContext,
): Promise<Picture[]> {
  for (const source of sources) checkText(source);
  const urls = sources.filter(({ data }) => isHttp(data)).map(({ data, param }) => [data, param] as const);
  const media = await fetchMedia(new Map(urls), signal);
  // Whatever is thrown of one source is met together with what comes of those before it.
  return Promise.all(sources.map(async (source) => readPicture(bytesOf(source, media), source.param)));
}

/** No text has the lowest control characters, or the character that stands for bytes that are none. */
const isBinary = (text: string): boolean => [...text].some((char) => char < "\t" || char === "\ufffd");

function checkText({ data, param }: Source): void {
  if (!isBinary(data.slice(0, 256))) return;
  throw invalidRequest(
    `Invalid '${param}': the file was sent without a file name, and so was read as text.`,
    {
      code: "invalid_image_file",
      param,
    },
  );
}

function bytesOf({ data, param }: Source, media: FetchedMedia): string {
  const source = sourceOf(data, param, media);
  if ("s3" in source)
    throw invalidValue(param, "image models take no s3:// addresses; send the image itself.");
  return source.bytes;
}
