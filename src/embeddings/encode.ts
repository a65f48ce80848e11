import { numbersOf } from "./lift-vectors.ts";

export interface Embedded {
  /** The text of each input's numbers, in their order. */
  vectors: readonly string[];
  /** As answers name it. */
  model: string;
  tokens: number;
}

/**
 * An answer in OpenAI's form, as JSON text. Floats are copied as they came; base64 is of 32-bit floats, the lowest byte first.
 * @throws SyntaxError for vectors that are not numbers.
 */
export function encode({ vectors, model, tokens }: Embedded, format: "float" | "base64"): string {
  const write = format === "float" ? asList : asBase64;
  const data = vectors.map(
    (vector, index) => `{"object":"embedding","index":${index},"embedding":${write(vector)}}`,
  );
  const usage = JSON.stringify({ prompt_tokens: tokens, total_tokens: tokens });
  return `{"object":"list","data":[${data.join(",")}],"model":${JSON.stringify(model)},"usage":${usage}}`;
}

const asList = (vector: string): string => `[${vector}]`;

const asBase64 = (vector: string): string => `"${toBase64(toBytes(numbersOf(vector)))}"`;

/** Whatever machine this is. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function toBytes(numbers: readonly number[]): Uint8Array {
  if (IS_LITTLE_ENDIAN) return new Uint8Array(Float32Array.from(numbers).buffer);
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, number] of numbers.entries()) view.setFloat32(index * 4, number, true);
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
