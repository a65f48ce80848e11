import type { ImageBlock } from "../../conversation/types.ts";
import { imageHeader } from "../media/image-header.ts";
import { placedBlocks } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

const MAX_IMAGES = 20;
/** Of the base64, which is why an image file may only have 3.75 MiB. */
const MAX_ENCODED_BYTES = 5 * 1024 * 1024;
const MAX_PIXELS = 8000;

interface PlacedImage {
  image: ImageBlock;
  at: string;
}

export const IMAGE_RULES: readonly Rule[] = [
  {
    name: "at most 20 images",
    check: (request) =>
      images(request).length > MAX_IMAGES
        ? modelError(`messages: too many images: ${images(request).length} > ${MAX_IMAGES}`)
        : undefined,
  },
  {
    name: "an image is within its limits and is what it says",
    check: (request) => firstOf(images(request), imageProblem),
  },
];

function imageProblem({ image, at }: PlacedImage): string | undefined {
  const { bytes } = image.source;
  if (bytes === undefined) return undefined;
  if (bytes.length > MAX_ENCODED_BYTES) {
    return modelError(
      `${at}.image.source.bytes: image exceeds 5 MB maximum: ${bytes.length} bytes > ${MAX_ENCODED_BYTES} bytes`,
    );
  }
  const header = imageHeader(Buffer.from(bytes, "base64"));
  if (header?.format !== image.format) return modelError(`${at}.image.source.bytes: Could not process image`);
  if (Math.max(header.width, header.height) > MAX_PIXELS) {
    return modelError(
      `${at}.image.source.bytes: image dimensions exceed max allowed size: ${MAX_PIXELS} pixels`,
    );
  }
  return undefined;
}

function images(request: ConverseRequest): PlacedImage[] {
  return placedBlocks(request).flatMap(({ block, at }) => {
    const results = (block.toolResult?.content ?? []).map(({ image }, index) => ({
      image,
      at: `${at}.toolResult.content.${index}`,
    }));
    return [{ image: block.image, at }, ...results].filter((placed): placed is PlacedImage =>
      Boolean(placed.image),
    );
  });
}
