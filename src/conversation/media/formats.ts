import type { AudioFormat, DocumentFormat, ImageFormat, VideoFormat } from "../types.ts";

export interface Format {
  kind: "image" | "document" | "video" | "audio";
  /** AWS's word for it. */
  format: ImageFormat | DocumentFormat | VideoFormat | AudioFormat;
  mediaTypes: readonly string[];
  extensions: readonly string[];
  /** How such a file begins, in base64. */
  signature?: string;
}

const OFFICE = "application/vnd.openxmlformats-officedocument";

const row = (
  kind: Format["kind"],
  format: Format["format"],
  mediaTypes: string,
  extensions: string,
  signature?: string,
): Format => ({
  kind,
  format,
  mediaTypes: mediaTypes.split(" ").filter(Boolean),
  extensions: extensions.split(" "),
  ...(signature && { signature }),
});

/** Every kind of file that Converse takes. Source: aws-bedrock §A.2. */
export const FORMATS: readonly Format[] = [
  row("image", "png", "image/png", "png", "iVBORw0KGg"),
  row("image", "jpeg", "image/jpeg image/jpg image/pjpeg", "jpeg jpg", "/9j/"),
  row("image", "gif", "image/gif", "gif", "R0lGOD"),
  row("image", "webp", "image/webp", "webp", "UklGR"),
  row("document", "pdf", "application/pdf application/x-pdf", "pdf", "JVBERi"),
  row("document", "csv", "text/csv application/csv", "csv"),
  row("document", "doc", "application/msword", "doc"),
  row("document", "docx", `${OFFICE}.wordprocessingml.document`, "docx"),
  row("document", "xls", "application/vnd.ms-excel", "xls"),
  row("document", "xlsx", `${OFFICE}.spreadsheetml.sheet`, "xlsx"),
  row("document", "html", "text/html application/xhtml+xml", "html htm"),
  row("document", "md", "text/markdown text/x-markdown", "md markdown"),
  row("document", "txt", "text/plain", "txt log"),
  row("video", "mp4", "video/mp4", "mp4"),
  row("video", "mov", "video/quicktime video/mov", "mov"),
  row("video", "mkv", "video/x-matroska video/mkv", "mkv"),
  row("video", "webm", "video/webm", "webm"),
  row("video", "flv", "video/x-flv video/flv", "flv"),
  row("video", "mpeg", "video/mpeg", "mpeg"),
  row("video", "mpg", "video/mpg", "mpg"),
  row("video", "wmv", "video/x-ms-wmv video/wmv", "wmv"),
  row("video", "three_gp", "video/3gpp video/3gp", "3gp three_gp"),
  row("audio", "mp3", "audio/mpeg audio/mp3", "mp3"),
  row("audio", "wav", "audio/wav audio/x-wav audio/wave audio/vnd.wave", "wav"),
  row("audio", "flac", "audio/flac audio/x-flac", "flac"),
  row("audio", "ogg", "audio/ogg", "ogg oga"),
  row("audio", "opus", "audio/opus", "opus"),
  row("audio", "aac", "audio/aac", "aac"),
  row("audio", "x-aac", "audio/x-aac", "x-aac"),
  row("audio", "m4a", "audio/m4a audio/x-m4a", "m4a"),
  row("audio", "mp4", "audio/mp4", "mp4"),
  row("audio", "mka", "audio/x-matroska", "mka"),
  row("audio", "mkv", "", "mkv"),
  row("audio", "mpeg", "", "mpeg"),
  row("audio", "mpga", "", "mpga"),
  row("audio", "pcm", "audio/pcm audio/l16", "pcm pcm16"),
  row("audio", "webm", "audio/webm", "webm"),
];

/** Where several rows would do, one of the kind that the part of the message is meant for. */
export function findFormat(matches: (format: Format) => boolean, kind?: Format["kind"]): Format | undefined {
  const found = FORMATS.filter(matches);
  return found.find((format) => format.kind === kind) ?? found[0];
}

export const formatNames = (kind: Format["kind"]): string =>
  FORMATS.filter((format) => format.kind === kind)
    .map(({ format }) => format)
    .join(", ");
