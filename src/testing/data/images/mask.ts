import type { Picture } from "../image-tools.ts";

/** How much of each pixel is painted: a row of bytes, 0 leaves a pixel as it is and 255 paints it over. */
export interface Mask {
  row(y: number): Uint8Array;
}

interface Size {
  width: number;
  height: number;
}

/** White is painted, and greys in part; `black` turns it around. A mask of another size is stretched. */
export function maskOfColour(mask: Picture, { width, height }: Size, painted: "white" | "black"): Mask {
  const across = mask.width / width;
  const down = mask.height / height;
  return {
    row: (y) => {
      const pixels = mask.row(Math.floor(y * down));
      return Uint8Array.from({ length: width }, (_, x) => {
        const light = pixels[Math.floor(x * across) * 4] ?? 0;
        return painted === "white" ? light : 255 - light;
      });
    },
  };
}

/** What is transparent is painted. */
export function maskOfAlpha(picture: Picture): Mask {
  return {
    row: (y) => {
      const pixels = picture.row(y);
      return Uint8Array.from({ length: picture.width }, (_, x) => 255 - (pixels[x * 4 + 3] ?? 255));
    },
  };
}

/** Everything in the same measure, 0 to 1. */
export function evenMask({ width }: Size, share: number): Mask {
  const even = new Uint8Array(width).fill(Math.round(share * 255));
  return { row: () => even };
}

/** Painted where the other is not. */
export function inverse({ row }: Mask): Mask {
  return { row: (y) => row(y).map((share) => 255 - share) };
}

/** The mask as a picture in which black is painted. */
export function pictureOfMask(mask: Mask, { width, height }: Size): Picture {
  return {
    width,
    height,
    row: (y) => {
      const shares = mask.row(y);
      return new Uint8Array(width * 4).map((_, at) => (at % 4 === 3 ? 255 : 255 - (shares[at >> 2] ?? 0)));
    },
  };
}

/**
 * The middle of a picture, half as wide and half as high. It is what the emulator "finds" wherever a model searches by
 * itself: for what a prompt describes, for the subject before a background, for a mask that it cannot read.
 */
export function middleMask({ width, height }: Size): Mask {
  const [none, band] = [new Uint8Array(width), new Uint8Array(width)];
  band.fill(255, Math.floor(width / 4), Math.ceil((width * 3) / 4));
  return { row: (y) => (y >= Math.floor(height / 4) && y < Math.ceil((height * 3) / 4) ? band : none) };
}
