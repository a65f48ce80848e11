import { readDataUrl } from "../../conversation/media/data-url.ts";
import { toMediaBlock } from "../../conversation/media/media-block.ts";
import { isBase64 } from "../../reception/files.ts";

/**
 * Whether a text is a picture that came along. What only says so is left to the translation, whose refusal tells where it
 * stands: AWS's does not.
 */
export function isPlainPicture(url: unknown): boolean {
  if (typeof url !== "string" || !url.startsWith("data:image/")) return false;
  const param = "image_url";
  try {
    const source = readDataUrl(url, param);
    return isBase64(source.bytes) && toMediaBlock({ source, param, kind: "image" }).block.image !== undefined;
  } catch {
    return false;
  }
}
