import type {
  AudioBlock,
  DocumentBlock,
  ImageBlock,
  MediaSource,
  VideoBlock,
} from "../../conversation/types.ts";
import { imageHeader } from "../media/image-header.ts";
import { pngColour } from "../media/png-colour.ts";

/** A sentence for each thing that was sent, so that a test can tell what arrived. */

const FORMAT_NAMES: Record<string, string> = { png: "PNG", jpeg: "JPEG", gif: "GIF", webp: "WebP" };

export function imageSentence({ format, source }: ImageBlock): string {
  const bytes = Buffer.from(source.bytes ?? "", "base64");
  const header = imageHeader(bytes);
  const size = header?.width ? `, ${header.width}×${header.height} pixels` : "";
  const colour = format === "png" && source.bytes ? pngColour(bytes) : undefined;
  const where = source.s3Location ? " in S3" : "";
  return `I see a ${FORMAT_NAMES[format]} image${where}${size}${colour ? `, mostly ${colour}` : ""}.`;
}

export function documentSentence({ name, format, source }: DocumentBlock): string {
  const size = source.text?.length ?? JSON.stringify(source.content ?? "").length;
  const where = source.text !== undefined || source.content ? `${size} bytes` : placeOf(source);
  return `I read the document "${name}" (${[format?.toUpperCase(), where].filter(Boolean).join(", ")}).`;
}

export function videoSentence({ format, source }: VideoBlock): string {
  return `I watched a video (${format}, ${placeOf(source)}).`;
}

export function audioSentence({ format, source }: AudioBlock): string {
  return `I heard audio (${format}, ${placeOf(source)}).`;
}

function placeOf({ bytes = "", s3Location }: MediaSource): string {
  return s3Location ? "in S3" : `${Buffer.from(bytes, "base64").length} bytes`;
}
