import type { ImageBlock } from "../../conversation/types.ts";
import { validationError } from "../aws-error.ts";
import { imageHeader } from "../media/image-header.ts";

const DATA_URL = /^data:image\/([a-z]+);base64,/;

/** Images as bare base64; their bytes tell what they are. */
export function readImages(images: readonly string[]): ImageBlock[] {
  return images.map((bytes) => {
    const { format } = imageHeader(Buffer.from(bytes, "base64")) ?? {};
    if (!format) throw validationError("Could not process image");
    return { format, source: { bytes } };
  });
}

/** An image in a data URL. Bedrock fetches none. */
export function readDataUrl(url: string): ImageBlock {
  if (!DATA_URL.test(url)) {
    throw validationError(
      "Only base64 encoded data URIs are supported in image_url. Update the URL and try again.",
    );
  }
  const [image] = readImages([url.replace(DATA_URL, "")]);
  return image as ImageBlock;
}
