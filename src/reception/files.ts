import { type Data, isDataUrl, oneLine, readDataUrl } from "../conversation/media/data-url.ts";
import type { MediaFile } from "../conversation/media/media-block.ts";
import { invalidRequest } from "../errors.ts";

/** What was downloaded for a request, by URL. */
export type FetchedMedia = ReadonlyMap<string, Data>;

export const isHttp = (data: string): boolean => /^https?:\/\//i.test(data.slice(0, 8));

/**
 * What a file's text leads to: a data URL, an `s3://` address, a URL that was downloaded, or bare base64.
 * @param param Where it stands in the request.
 * @throws BedrockOpenAIError 400 for what is none of these.
 */
export function sourceOf(data: string, param: string, media: FetchedMedia): MediaFile["source"] {
  if (isDataUrl(data)) return readDataUrl(data, param);
  if (/^s3:\/\/[^/]+\/./.test(data)) return { s3: data };
  const fetched = media.get(data);
  if (fetched) return fetched;
  if (/^[a-z0-9+/]+={0,2}$/i.test(data.trim().slice(0, 64))) return { bytes: oneLine(data), mediaType: "" };
  throw invalidRequest(
    `Invalid '${param}': '${data.slice(0, 64)}' is neither a data URL, an http(s) or s3:// address, nor base64.`,
    { code: param.includes("image") ? "invalid_image_url" : "invalid_value", param },
  );
}
