import type { Adjustment } from "../../adjustments.ts";
import type { ImageBlock, ImageFormat } from "../../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";

/** How a file of each format begins, in base64. */
const SIGNATURES: readonly (readonly [string, ImageFormat])[] = [
  ["iVBORw0KGg", "png"],
  ["/9j/", "jpeg"],
  ["R0lGOD", "gif"],
  ["UklGR", "webp"],
];

/** A data URL is long; its head is not. */
const MAX_HEAD = 256;

/**
 * An image from a data URL. The base64 text is taken as it is: it is never decoded, and so never encoded again.
 * @throws BedrockOpenAIError 400 `invalid_image_url` or `invalid_image_format`.
 */
export function decodeImage(url: string, param: string, adjustments: Adjustment[]): ImageBlock {
  const comma = url.slice(0, MAX_HEAD).indexOf(",");
  const head = url.slice(0, comma).toLowerCase();
  if (comma < 0 || !head.startsWith("data:")) throw notADataUrl(url, param);
  if (!head.endsWith(";base64")) {
    throw invalidRequest("Invalid image data URL: its data must be base64.", {
      code: "invalid_image_url",
      param,
    });
  }
  const data = url.slice(comma + 1);
  // Tools like `base64` break lines; AWS does not.
  const bytes = /\s/.test(data.slice(-1)) || data.includes("\n") ? data.replaceAll(/\s+/g, "") : data;
  const declared = head.slice("data:".length).split(";", 1)[0] ?? "";
  const format = SIGNATURES.find(([start]) => bytes.startsWith(start))?.[1];
  if (!format) {
    throw invalidRequest(
      `Unsupported image (declared as '${declared}'): Bedrock accepts png, jpeg, gif and webp.`,
      { code: "invalid_image_format", param },
    );
  }
  if (declared !== `image/${format}` && declared !== "image/jpg") {
    adjustments.push({
      param,
      action: "emulated",
      reason: `The image is sent as ${format}, which its bytes say it is.`,
    });
  }
  return { format, source: { bytes } };
}

const notADataUrl = (url: string, param: string): BedrockOpenAIError =>
  invalidRequest(
    `Invalid image URL: '${url.slice(0, 64)}'. Images are not downloaded; send a base64 data URL ` +
      "(data:image/png;base64,…).",
    { code: "invalid_image_url", param },
  );
