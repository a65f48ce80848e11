import { invalidRequest } from "../../errors.ts";

export interface Data {
  /** Base64. */
  bytes: string;
  /** Lower case, without parameters; empty where none is declared. */
  mediaType: string;
}

/** A data URL is long; its head is not. */
const MAX_HEAD = 256;

export const isDataUrl = (text: string): boolean => /^data:/i.test(text.slice(0, 5));

/**
 * What is in a data URL. Base64 is taken as it is: it is never decoded, and so never encoded again.
 * @throws BedrockOpenAIError 400 for one that has no data.
 */
export function readDataUrl(url: string, param: string): Data {
  const comma = url.slice(0, MAX_HEAD).indexOf(",");
  const head = url.slice("data:".length, comma).toLowerCase();
  const data = url.slice(comma + 1);
  if (comma < 0 || data === "") {
    throw invalidRequest(`Invalid '${param}': a data URL is data:<type>;base64,<data>.`, {
      code: "invalid_value",
      param,
    });
  }
  const mediaType = head.split(";", 1)[0]!.trim();
  return { mediaType, bytes: head.endsWith(";base64") ? oneLine(data) : encode(data) };
}

/** Tools like `base64` break lines; AWS does not. */
export const oneLine = (base64: string): string =>
  /\s/.test(base64.slice(-1)) || base64.includes("\n") ? base64.replaceAll(/\s+/g, "") : base64;

/** The plain form of a data URL, `data:text/plain,Hello%20there`: rare, and small. */
function encode(text: string): string {
  const binary = text.replaceAll(/%[0-9a-f]{2}|[\u0080-\uffff]+/gi, (found) =>
    found.startsWith("%") && found.length === 3
      ? String.fromCharCode(Number.parseInt(found.slice(1), 16))
      : String.fromCharCode(...new TextEncoder().encode(found)),
  );
  return btoa(binary);
}
