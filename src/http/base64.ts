import { Buffer } from "node:buffer";

/** Node's own, which other platforms bring along: several times as fast as one written here. */
export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");

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
