import { textToBase64 } from "../../conversation/media/data-url.ts";
import { type MediaBlock, type MediaFile, toMediaBlock } from "../../conversation/media/media-block.ts";
import { invalidRequest } from "../../errors.ts";
import type { FilePart } from "../../openai/chat-parts.ts";
import { type FetchedMedia, isHttp, sourceOf } from "../../reception/files.ts";
import type { Told } from "./anthropic-parts.ts";

/** A part with a file in it, whatever its type calls it. */
interface Part extends Pick<MediaFile, "kind" | "declared" | "filename"> {
  /** A URL, a data URL, an `s3://` address or bare base64. */
  data: string;
  /** The member that holds it. */
  member: string;
}

/**
 * The file of a part as a content block.
 * @throws BedrockOpenAIError 400 naming the part, for what is no file or none that Converse takes.
 */
export function decodeMedia(part: FilePart, at: string, media: FetchedMedia): MediaBlock & { param: string } {
  const { data, member, ...file } = read(part, at);
  const param = `${at}.${member}`;
  const fetched = isHttp(data);
  return { ...toMediaBlock({ ...file, param, fetched, source: sourceOf(data, param, media) }), param };
}

/** The http(s) URLs of all parts, each with the first place that it stands in. */
export function mediaUrls(told: readonly Told[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const { message, at, parts = `${at}.content` } of told) {
    const { role, content } = message;
    if ((role !== "user" && role !== "tool") || !Array.isArray(content)) continue;
    for (const [index, part] of content.entries()) {
      if (!isFilePart(part)) continue;
      const place = `${parts}[${index}]`;
      const { data, member } = read(part, place);
      if (isHttp(data) && !urls.has(data)) urls.set(data, `${place}.${member}`);
    }
  }
  return urls;
}

export const isFilePart = <Part extends { type: string }>(part: Part): part is Part & FilePart =>
  FILE_TYPES.has(part.type);

const FILE_TYPES: ReadonlySet<string> = new Set([
  "image_url",
  "file",
  "input_audio",
  "video_url",
  "image",
  "document",
]);

function read(part: FilePart, at: string): Part {
  switch (part.type) {
    case "image_url":
    case "video_url": {
      const value = part.type === "image_url" ? part.image_url : part.video_url;
      const { url, format } = typeof value === "string" ? { url: value, format: undefined } : value;
      const kind = part.type === "image_url" ? "image" : "video";
      return { kind, data: url, declared: format ?? undefined, member: `${part.type}.url` };
    }
    case "input_audio": {
      const { data, format } = part.input_audio;
      return { kind: "audio", data, declared: format ?? undefined, member: "input_audio.data" };
    }
    case "file":
      return readFile(part, at);
    default:
      return readSource(part, at);
  }
}

function readFile({ file }: Extract<FilePart, { type: "file" }>, at: string): Part {
  const described = { declared: file.format ?? undefined, filename: file.filename ?? undefined };
  if (file.file_data)
    return { kind: "document", data: file.file_data, member: "file.file_data", ...described };
  if (file.file_url) return { kind: "document", data: file.file_url, member: "file.file_url", ...described };
  const id = file.file_id ?? "";
  if (/^(https?|s3|data):/i.test(id.slice(0, 8)))
    return { kind: "document", data: id, member: "file.file_id", ...described };
  throw invalidRequest(
    id === ""
      ? `Missing required parameter: '${at}.file.file_data'.`
      : `Invalid '${at}.file.file_id': no files are stored here; send the file as file_data, or a URL.`,
    {
      code: id === "" ? "missing_required_parameter" : "invalid_value",
      param: id === "" ? `${at}.file.file_data` : `${at}.file.file_id`,
    },
  );
}

function readSource({ type, source, title }: Extract<FilePart, { source: object }>, at: string): Part {
  const described = {
    kind: type,
    declared: source.media_type ?? undefined,
    filename: title ?? undefined,
  } as const;
  if (source.type === "url" && source.url) return { ...described, data: source.url, member: "source.url" };
  if (source.type === "text" && source.data != null)
    return {
      ...described,
      data: `data:text/plain;base64,${textToBase64(source.data)}`,
      member: "source.data",
    };
  if (source.data) return { ...described, data: source.data, member: "source.data" };
  throw invalidRequest(`Missing required parameter: '${at}.source.data'.`, {
    code: "missing_required_parameter",
    param: `${at}.source.data`,
  });
}
