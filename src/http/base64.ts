const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = 0x3d;

/** The two characters of every twelve bits, in the order of this machine's memory. */
const PAIRS = new Uint16Array(
  Uint8Array.from({ length: 4096 * 2 }, (_, at) =>
    ALPHABET.charCodeAt(at % 2 === 0 ? at >> 7 : (at >> 1) & 63),
  ).buffer,
);

/** Base64 of bytes, as the bytes of its text: no string is made that would have to be encoded again. */
export function toBase64Bytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new Uint16Array(Math.ceil(bytes.length / 3) * 2);
  const whole = bytes.length - (bytes.length % 3);
  let to = 0;
  for (let at = 0; at < whole; at += 3) {
    const bits = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text[to] = PAIRS[bits >> 12]!;
    text[to + 1] = PAIRS[bits & 4095]!;
    to += 2;
  }
  const written = new Uint8Array(text.buffer);
  if (whole === bytes.length) return written;
  const bits = (bytes[whole]! << 16) | ((bytes[whole + 1] ?? 0) << 8);
  text[to] = PAIRS[bits >> 12]!;
  text[to + 1] = PAIRS[bits & 4095]!;
  return written.fill(PADDING, bytes.length - whole === 1 ? -2 : -1);
}
