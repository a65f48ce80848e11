/** The colours of a family's masks. */
export type MaskColours =
  /** Titan and Canvas, inpainting. */
  | "black-edits"
  /** Titan and Canvas, outpainting: white is what is generated. */
  | "white-generates"
  /** Stability: white is edited, greys by strength. */
  | "white-edits";

const BLACK = 0;
const WHITE = 255;
const isTransparent = (alpha: number): boolean => alpha < 128;

/** How opaque a pixel of OpenAI's mask is → how light it is in a family's. Amazon's models refuse greys. */
const LIGHTNESS: Readonly<Record<MaskColours, (alpha: number) => number>> = {
  "black-edits": (alpha) => (isTransparent(alpha) ? BLACK : WHITE),
  "white-generates": (alpha) => (isTransparent(alpha) ? WHITE : BLACK),
  "white-edits": (alpha) => WHITE - alpha,
};

/** Three bytes a pixel, which is what AWS's guides ask for; undefined where nothing would be edited. */
export function painted(alphas: Uint8Array, colours: MaskColours): Uint8Array | undefined {
  const lightness = Uint8Array.from({ length: 256 }, (_, alpha) => LIGHTNESS[colours](alpha));
  const kept = lightness[255]!;
  if (alphas.every((alpha) => lightness[alpha] === kept)) return undefined;
  const pixels = new Uint8Array(alphas.length * 3);
  for (let pixel = 0, at = 0; pixel < alphas.length; pixel += 1, at += 3) {
    const light = lightness[alphas[pixel]!]!;
    pixels[at] = light;
    pixels[at + 1] = light;
    pixels[at + 2] = light;
  }
  return pixels;
}
