import { toBase64 } from "../http/base64.ts";
import { floatsOf } from "./floats.ts";
import type { Embedded, Reading } from "./reading.ts";

/** The digits of its numbers, as they came, or base64. */
export type Vector = string | Uint8Array;

export type Format = "float" | "base64";

interface Writing extends Reading<Vector> {
  open: string;
  close: string;
}

/** How a vector is written: what stands before, in and after it. */
export const FORMATS: Record<Format, Writing> = {
  float: { open: "", read: (digits) => digits, keepsDigits: true, close: "}" },
  base64: { open: '"', read: (digits) => toBase64(floatsOf(digits)), close: '"}' },
};

/**
 * An answer in OpenAI's form, as the bytes of its JSON, in pieces. Floats are those that came, uncopied.
 */
export function encode({ vectors, model, tokens }: Embedded<Vector>, format: Format): Uint8Array[] {
  const { open, close } = FORMATS[format];
  const head = (index: number): string => `{"object":"embedding","index":${index},"embedding":${open}`;
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return inBytes([
    ...vectors.flatMap((vector, index) => [
      `${index === 0 ? '{"object":"list","data":[' : `${close},`}${head(index)}`,
      vector,
    ]),
    `${close}],"model":${JSON.stringify(model)},"usage":${JSON.stringify(usage)}}`,
  ]);
}

/** Bytes stay as they are; texts that stand side by side become one piece. */
function inBytes(pieces: readonly (string | Uint8Array)[]): Uint8Array[] {
  const encoder = new TextEncoder();
  const written: Uint8Array[] = [];
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else {
      written.push(encoder.encode(text), piece);
      text = "";
    }
  }
  return [...written, encoder.encode(text)];
}
