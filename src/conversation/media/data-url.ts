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
  // A fragment of the URL is no data.
  const data = url.slice(comma + 1, url.lastIndexOf("#") > comma ? url.lastIndexOf("#") : undefined);
  if (comma < 0 || data === "") {
    throw invalidRequest(`Invalid '${param}': a data URL is data:<type>;base64,<data>.`, {
      code: "invalid_value",
      param,
    });
  }
  const mediaType = head.split(";", 1)[0]!.trim();
  return { mediaType, bytes: head.endsWith(";base64") ? oneLine(data) : encode(data) };
}

/** Tools like `base64` break lines, and URLs escape characters; AWS does neither. */
export function oneLine(base64: string): string {
  const bare = base64.includes("%") ? unescaped(base64) : base64;
  return /\s/.test(bare.slice(-1)) || bare.includes("\n") ? bare.replaceAll(/\s+/g, "") : bare;
}

/** A body has room for millions of them: to call a function for each would hold everybody up for seconds. */
const unescaped = (base64: string): string =>
  base64.replaceAll(/%2b/gi, "+").replaceAll(/%2f/gi, "/").replaceAll(/%3d/gi, "=");

/** The plain form of a data URL, `data:text/plain,Hello%20there`: rare, and small. */
const encode = (text: string): string => toBase64(percentDecoded(new TextEncoder().encode(text)));

/** A text as base64 of its UTF-8. */
export const textToBase64 = (text: string): string => toBase64(new TextEncoder().encode(text));

/** What `btoa` takes at a time: more arguments than that are too many for a call. */
const CHUNK = 8192;

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

const PERCENT = 0x25;

function percentDecoded(bytes: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(bytes.length);
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const hex = bytes[at] === PERCENT ? String.fromCharCode(...bytes.subarray(at + 1, at + 3)) : "";
    const isEscape = /^[0-9a-f]{2}$/i.test(hex);
    decoded[size] = isEscape ? Number.parseInt(hex, 16) : bytes[at]!;
    if (isEscape) at += 2;
    size += 1;
  }
  return decoded.subarray(0, size);
}
