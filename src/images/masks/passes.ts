import { CHANNELS, type Png } from "./png.ts";

/** Every so many pixels of an image, from one on: what one pass of interlacing paints. */
export interface Pass {
  left: number;
  top: number;
  across: number;
  down: number;
  width: number;
  height: number;
}

/** Adam7: left, top, across, down. Source: the PNG specification, §8.2. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

const WHOLE = [[0, 0, 1, 1]] as const;

/** The passes that an image is painted in, without those that paint nothing. */
export const passesOf = ({ width, height, interlaced }: Png): Pass[] =>
  (interlaced ? ADAM7 : WHOLE)
    .map(([left, top, across, down]) => ({
      left,
      top,
      across,
      down,
      width: Math.ceil((width - left) / across),
      height: Math.ceil((height - top) / down),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);

/** Bytes of a row, without the one before it that names its filter. */
export const rowBytes = ({ depth, colourType }: Png, width: number): number =>
  Math.ceil((width * CHANNELS[colourType] * depth) / 8);

/** Bytes of a pass before they are unfiltered. */
export const passBytes = (png: Png, { width, height }: Pass): number => height * (1 + rowBytes(png, width));
