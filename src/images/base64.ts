import { toBase64Bytes } from "../http/base64.ts";

/** What a newer platform does itself, and fastest. */
interface Native {
  toBase64?(): string;
}

export const toBase64 = (bytes: Uint8Array): string =>
  (bytes as Native).toBase64?.() ?? new TextDecoder().decode(toBase64Bytes(bytes));

/**
 * The bytes that base64 is, or its beginning.
 * @param characters How much of it: a multiple of four.
 * @throws DOMException for what is no base64.
 */
export function fromBase64(base64: string, characters = base64.length): Uint8Array {
  const binary = atob(base64.slice(0, characters));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
