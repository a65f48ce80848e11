import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import type { ContentBlock, MediaSource } from "../types.ts";
import type { Data } from "./data-url.ts";
import { type Format, findFormat, formatNames } from "./formats.ts";

/** A file from a message, whatever way it came. */
export interface MediaFile {
  source: Data | { s3: string };
  /** Where it stands in the request. */
  param: string;
  /** What the part of the message is meant for; a document sent as an image is still a document. */
  kind: Format["kind"];
  /** The caller's own words for what it is: a media type, or a format such as `wav`. */
  declared?: string | undefined;
  filename?: string | undefined;
  /** It came from the network, where a missing image is a page that says so. */
  fetched?: boolean;
}

export interface MediaBlock {
  block: ContentBlock;
  /** Set where the file is not what it was said to be. */
  sentAs?: string;
}

/**
 * A file as a content block. What it is, is told by its first bytes, its media type, its name, in this order.
 * @throws BedrockOpenAIError 400 for a file that Converse does not take.
 */
export function toMediaBlock(file: MediaFile): MediaBlock {
  const { source, filename } = file;
  const names = [filename, "s3" in source ? source.s3 : undefined].filter((name) => name !== undefined);
  const mediaTypes = ["s3" in source ? "" : source.mediaType, file.declared ?? ""].map(normalise);
  const sniffed = "s3" in source || sounds(file, mediaTypes) ? undefined : bySignature(source.bytes);
  const format =
    sniffed ?? byMediaType(mediaTypes, file.kind) ?? byExtension(names, file.kind) ?? byText(mediaTypes);
  if (!format || (format.kind === "image" && !("s3" in source) && !sniffed) || isErrorPage(file, format))
    throw unknown(file, mediaTypes);

  const media: MediaSource = "s3" in source ? { s3Location: { uri: source.s3 } } : { bytes: source.bytes };
  const declared = mediaTypes.find((type) => type !== "" && type !== "application/octet-stream");
  const differs = sniffed && declared !== undefined && !sniffed.mediaTypes.includes(declared);
  return {
    block: toBlock(format, media, filename ?? names.at(-1)),
    ...(differs &&
      !isFormatName(declared, sniffed) && {
        sentAs: `${format.format}, which its bytes say it is`,
      }),
  };
}

/** A WAV file begins like a WebP image. */
const sounds = ({ kind }: MediaFile, mediaTypes: readonly string[]): boolean =>
  kind === "audio" || mediaTypes.some((type) => /^(audio|video)\//.test(type));

const isErrorPage = ({ fetched, kind }: MediaFile, { format }: Format): boolean =>
  Boolean(fetched && kind !== "document" && (format === "html" || format === "txt"));

const toBlock = ({ kind, format }: Format, source: MediaSource, filename: string | undefined): ContentBlock =>
  kind === "document"
    ? ({ document: { format, name: stemOf(filename), source } } as ContentBlock)
    : { [kind]: { format, source } };

/** A file name without folder and extension. */
function stemOf(filename: string | undefined): string {
  const base = filename?.split(/[?#]/, 1)[0]!.split("/").at(-1) ?? "";
  return base.replace(/\.[^.]{1,8}$/, "") || "document";
}

const bySignature = (bytes: string): Format | undefined =>
  findFormat(({ signature }) => signature !== undefined && bytes.startsWith(signature));

/** `audio/wav; codecs=1` → `audio/wav`. */
const normalise = (mediaType: string): string => mediaType.split(";", 1)[0]!.trim().toLowerCase();

function byMediaType(mediaTypes: readonly string[], kind: Format["kind"]): Format | undefined {
  const known = mediaTypes.filter((type) => type !== "");
  return findFormat(
    (format) =>
      known.some((type) => format.mediaTypes.includes(type)) ||
      (format.kind === kind && known.some((type) => isFormatName(type, format))),
    kind,
  );
}

/** OpenAI's `input_audio.format` and LiteLLM's `format` name a format, not always a media type. */
const isFormatName = (type: string, { format, extensions }: Format): boolean =>
  type === format || extensions.includes(type);

function byExtension(names: readonly string[], kind: Format["kind"]): Format | undefined {
  const extensions = names.map(extensionOf).filter((extension) => extension !== undefined);
  return findFormat((format) => extensions.some((extension) => format.extensions.includes(extension)), kind);
}

/** Of a name, or of a URL with whatever follows its path. */
const extensionOf = (name: string): string | undefined =>
  /\.([a-z0-9]{1,8})$/i.exec(name.split(/[?#]/, 1)[0]!.slice(-16))?.[1]?.toLowerCase();

/** Whatever is text can be read as text: source code, configuration, subtitles. */
const byText = (mediaTypes: readonly string[]): Format | undefined =>
  mediaTypes.some((type) => type.startsWith("text/"))
    ? findFormat(({ format }) => format === "txt")
    : undefined;

function unknown(
  { kind, param, filename, source }: MediaFile,
  mediaTypes: readonly string[],
): BedrockOpenAIError {
  const declared = mediaTypes.find((type) => type !== "") ?? filename ?? ("s3" in source ? source.s3 : "");
  const said = declared === "" ? "" : ` (declared as '${declared.slice(0, 64)}')`;
  return invalidRequest(`Unsupported ${kind}${said}: Bedrock accepts ${formatNames(kind)}.`, {
    code: kind === "image" ? "invalid_image_format" : "unsupported_file",
    param,
  });
}
