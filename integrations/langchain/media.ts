import { textToBase64, toBase64 } from "./base64.ts";

/** A part of a message, of LangChain's or of anybody's making. */
export type Part = Record<string, unknown> & { type?: string };

/** A file in any of LangChain's forms: `url`, `data`, `fileId` or `text`, in the words of version 0 or 1. */
interface Data extends Part {
  source_type?: "url" | "base64" | "text" | "id";
  url?: string;
  data?: string | Uint8Array;
  text?: string;
  id?: string;
  fileId?: string;
  mime_type?: string;
  mimeType?: string;
  title?: string;
  context?: string;
  metadata?: Record<string, unknown>;
}

/** A part of OpenAI's for each kind of file, from its address: a URL, a data URL or `s3://`. */
const WRITERS: Readonly<Record<string, (url: string, file: Data) => Part>> = {
  image: (url, { metadata }) => ({
    type: "image_url",
    image_url: { url, ...(metadata?.["detail"] != null && { detail: metadata["detail"] }) },
  }),
  // Formats are told by the first bytes.
  audio: (url) => ({ type: "input_audio", input_audio: { data: url } }),
  video: (url) => ({ type: "video_url", video_url: { url } }),
  file: (url, file) => ({
    type: "file",
    file: { file_data: url, ...named(file) },
    ...(file.metadata?.["citations"] != null && { citations: file.metadata["citations"] }),
  }),
  "text-plain": (url, { title, context }) => ({
    type: "document",
    source: { type: "url", url },
    ...(title && { title }),
    ...(context && { context }),
  }),
};

/** True for a file as LangChain writes it. Anthropic's images have a `source`, OpenAI's files a `file`. */
export const isData = (part: Part): part is Data =>
  part.type !== undefined &&
  Object.hasOwn(WRITERS, part.type) &&
  !("source" in part) &&
  typeof part["file"] !== "object";

/** LangChain's file as a part of OpenAI's; one that holds nothing is left for the core to refuse by its place. */
export function fromData(part: Data): Part {
  const url = addressOf(part);
  return url === undefined ? part : WRITERS[part.type!]!(url, part);
}

function addressOf(file: Data): string | undefined {
  const type = file.mime_type ?? file.mimeType;
  if (file.url != null) return file.url;
  if (file.data != null) return dataUrl(type ?? "application/octet-stream", toBase64(file.data));
  if (file.text != null) return dataUrl(type ?? "text/plain", textToBase64(file.text));
  return file.fileId ?? (file.source_type === "id" ? file.id : undefined);
}

const dataUrl = (type: string, data: string): string =>
  data.startsWith("data:") ? data : `data:${type};base64,${data}`;

/** Where people write a file's name. */
function named({ metadata, title }: Data): { filename?: string } {
  const name = metadata?.["filename"] ?? metadata?.["name"] ?? metadata?.["title"] ?? title;
  return typeof name === "string" && name !== "" ? { filename: name } : {};
}
