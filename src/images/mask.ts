import type { Picture } from "./picture.ts";

/** The colours of a family's masks. */
export type MaskColours =
  /** Titan and Canvas, inpainting. */
  | "black-edits"
  /** Titan and Canvas, outpainting: white is what is generated. */
  | "white-generates"
  /** Stability: white is edited, greys by strength. */
  | "white-edits";

/**
 * OpenAI's mask, whose transparent pixels are to be edited, in a family's colours: an opaque PNG of the same size. A mask
 * without an alpha channel is taken to be in the family's colours already, and stays as it is.
 * @throws BedrockOpenAIError 400 for a mask of another size than the image, without a transparent pixel, or that is no PNG;
 * where the optional package `fast-png` is not installed, naming it.
 */
export declare function toFamilyMask(mask: Picture, image: Picture, colours: MaskColours): Promise<Picture>;

/** The mask that an image's own transparent pixels are; undefined where it has none. @throws as `toFamilyMask` does. */
export declare function maskWithin(image: Picture, colours: MaskColours): Promise<Picture | undefined>;
