import { toBase64Bytes } from "../http/base64.ts";
import { floatsOf } from "./floats.ts";

export interface Embedded {
  /** The digits of each input's numbers, in their order: `0.25,-0.5`. */
  vectors: readonly Uint8Array[];
  /** As answers name it. */
  model: string;
  tokens: number;
}

const encoder = new TextEncoder();
const asciiOf = (text: string): Uint8Array => encoder.encode(text);

/** How a vector is written: what stands before, in and after it. */
const FORMATS = {
  float: { open: "[", write: (digits: Uint8Array) => digits, close: "]}" },
  base64: { open: '"', write: (digits: Uint8Array) => toBase64Bytes(floatsOf(digits)), close: '"}' },
};

/**
 * An answer in OpenAI's form, as the bytes of its JSON, in pieces. Floats are those that came, uncopied; base64 is of 32-bit
 * floats, the lowest byte first.
 * @throws SyntaxError for vectors that are not numbers.
 */
export function encode({ vectors, model, tokens }: Embedded, format: keyof typeof FORMATS): Uint8Array[] {
  const { open, write, close } = FORMATS[format];
  const head = (index: number): string => `{"object":"embedding","index":${index},"embedding":${open}`;
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return [
    ...vectors.flatMap((vector, index) => [
      asciiOf(`${index === 0 ? '{"object":"list","data":[' : `${close},`}${head(index)}`),
      write(vector),
    ]),
    asciiOf(`${close}],"model":${JSON.stringify(model)},"usage":${JSON.stringify(usage)}}`),
  ];
}
