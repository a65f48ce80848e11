import { toBase64 } from "../http/base64.ts";
import { floatsOf } from "./floats.ts";
import type { Digits } from "./lift-vectors.ts";
import type { Embedded, Reading } from "./reading.ts";

/** The digits of its numbers, as they came, or base64. */
export type Vector = string | Digits;

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
  const heads = vectors.map(
    (_, index) =>
      `${index === 0 ? '{"object":"list","data":[' : `${close},`}{"object":"embedding","index":${index},"embedding":${open}`,
  );
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  const end = `${close}],"model":${JSON.stringify(model)},"usage":${JSON.stringify(usage)}}`;
  return vectors.every((vector) => typeof vector === "string")
    ? [encoder.encode(heads.map((head, index) => head + vectors[index]!).join("") + end)]
    : [...laced(heads, vectors as readonly Digits[]), encoder.encode(end)];
}

const encoder = new TextEncoder();

/** @param heads In ASCII. They are encoded at once: V8 keeps books on every buffer. */
function laced(heads: readonly string[], vectors: readonly Digits[]): Uint8Array[] {
  const bytes = encoder.encode(heads.join(""));
  let at = 0;
  return vectors.flatMap((digits, index) => [bytes.subarray(at, (at += heads[index]!.length)), ...digits]);
}
