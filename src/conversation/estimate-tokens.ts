import type { Conversation } from "./types.ts";

/**
 * Bytes of text of a token. English and code have about four, and other scripts, of which a letter is two to four bytes,
 * no more than three; letters would be counted too low by far.
 */
const BYTES_PER_TOKEN = 3.5;

/** What vendors count for one picture or page at the most. */
const TOKENS_PER_FILE = 1_600;

/** Documents that are read as what they are: text. */
const TEXTS: ReadonlySet<unknown> = new Set(["txt", "md", "csv", "html"]);

type Counted = Pick<Conversation, "messages" | "system" | "toolConfig">;

interface FileBlock {
  format?: unknown;
  source: { bytes?: unknown; s3Location?: unknown };
}

/**
 * How many tokens a conversation may be, for models that nobody counts for. Likelier too many than too few, but for long
 * PDFs, recordings and films, which count as one page.
 * @param sizeOf Bytes of a file from its base64, for files that stand elsewhere.
 */
export function estimateTokens(
  { messages, system = [], toolConfig }: Counted,
  sizeOf: (base64: string) => number = ({ length }) => Math.floor(length / 4) * 3,
): number {
  let tokens = 0;
  const json = JSON.stringify([messages, system, toolConfig], (_key, value: unknown) => {
    if (!isFile(value)) return value;
    const { format, source } = value;
    const isText = TEXTS.has(format) && typeof source.bytes === "string";
    tokens += isText ? sizeOf(source.bytes as string) / BYTES_PER_TOKEN : TOKENS_PER_FILE;
    return { ...value, source: undefined };
  });
  return Math.ceil(new TextEncoder().encode(json).byteLength / BYTES_PER_TOKEN + tokens);
}

/** An image, a document, a recording or a film, and not what a caller's JSON calls a source. */
function isFile(value: unknown): value is FileBlock {
  if (typeof value !== "object" || value === null || !("source" in value)) return false;
  const { source } = value;
  return typeof source === "object" && source !== null && ("bytes" in source || "s3Location" in source);
}
