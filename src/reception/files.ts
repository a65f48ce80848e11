import { type Data, isDataUrl, oneLine, readDataUrl } from "../conversation/media/data-url.ts";
import type { MediaFile } from "../conversation/media/media-block.ts";
import { invalidRequest } from "../errors.ts";
import { isLifted } from "../http/attachments.ts";

/** What was downloaded for a request, by URL. */
export type FetchedMedia = ReadonlyMap<string, Data>;

export const isHttp = (data: string): boolean => /^https?:\/\//i.test(data.slice(0, 8));

/**
 * What a file's text leads to: a data URL, an `s3://` address, a URL that was downloaded, or bare base64.
 * @param param Where it stands in the request.
 * @throws BedrockOpenAIError 400 for what is none of these.
 */
export function sourceOf(data: string, param: string, media: FetchedMedia): MediaFile["source"] {
  if (isDataUrl(data)) return wellFormed(readDataUrl(data, param), param);
  if (/^s3:\/\/[^/]+\/./.test(data)) return { s3: data };
  const fetched = media.get(data);
  if (fetched) return fetched;
  if (/^[a-z0-9+/]+={0,2}$/i.test(data.trim().slice(0, 64)))
    return wellFormed({ bytes: oneLine(data), mediaType: "" }, param);
  throw invalidRequest(
    `Invalid '${param}': '${data.slice(0, 64)}' is neither a data URL, an http(s) or s3:// address, nor base64.`,
    { code: param.includes("image") ? "invalid_image_url" : "invalid_value", param },
  );
}

/** AWS refuses a whole request for one character that is no base64; padding that was left away is put back. */
function wellFormed({ bytes, mediaType }: Data, param: string): Data {
  if (!isBase64(bytes))
    throw invalidRequest(`Invalid '${param}': it is not valid base64.`, { code: "invalid_value", param });
  if (isLifted(bytes)) return { bytes, mediaType };
  const bare = unpadded(bytes);
  return { bytes: bare.padEnd(Math.ceil(bare.length / 4) * 4, "="), mediaType };
}

/** Whether a text is base64, padded or not. Of a file that was lifted out it is known. */
export function isBase64(text: string): boolean {
  if (isLifted(text)) return true;
  const bare = unpadded(text);
  return bare.length % 4 !== 1 && !/[^A-Za-z0-9+/]/.test(bare);
}

const unpadded = (base64: string): string => base64.replace(/={1,2}$/, "");
