import { validationError } from "../aws-error.ts";
import { imageHeader } from "../media/image-header.ts";

/** A block of ApplyGuardrail that has passed its shape. */
export interface GuardedBlock {
  text?: { text: string };
  image?: { format: "png" | "jpeg"; source: { bytes: string } };
}

/** What a guardrail is shown. */
export interface Content {
  texts: string[];
  images: Buffer[];
}

/** Source: AWS's guide to image content filters. */
const MAX_IMAGES = 20;
const MAX_IMAGE_BYTES = 4 * 1024 * 1024;
const MAX_PIXELS = 8000;

/** The texts and images of a request, each within its limits. */
export function readContent(blocks: readonly GuardedBlock[]): Content {
  if (blocks.length === 0) throw validationError("The content to guard must not be empty.");
  const images = blocks.flatMap(({ image }, index) => (image ? [readImage(image, `content.${index}`)] : []));
  if (images.length > MAX_IMAGES) {
    throw validationError(`Too many images: ${images.length} > ${MAX_IMAGES}.`);
  }
  return { texts: blocks.flatMap(({ text }) => text?.text ?? []), images };
}

function readImage({ format, source }: NonNullable<GuardedBlock["image"]>, at: string): Buffer {
  const bytes = Buffer.from(source.bytes, "base64");
  const problem = imageProblem(bytes, format);
  if (problem !== undefined) throw validationError(`The image at ${at} ${problem}.`);
  return bytes;
}

function imageProblem(bytes: Buffer, format: string): string | undefined {
  if (bytes.length > MAX_IMAGE_BYTES) return `exceeds the maximum size of ${MAX_IMAGE_BYTES} bytes`;
  const header = imageHeader(bytes);
  if (header?.format !== format) return `is not a valid ${format} image`;
  if (Math.max(header.width, header.height) > MAX_PIXELS) {
    return `exceeds the maximum dimensions of ${MAX_PIXELS}x${MAX_PIXELS} pixels`;
  }
  return undefined;
}
