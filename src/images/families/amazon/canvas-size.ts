import type { Size } from "../../picture.ts";

/** Bounds of what Nova Canvas makes and takes. Source: AWS's guide to Nova Canvas. */
const SIDE = { min: 320, max: 4096 };
const STEP = 16;
const RATIO = 4;
const PIXELS = 4_194_304;

/** May an image of this size be given? What is made has sides in steps of 16, too. */
export const isCanvasShape = ({ width, height }: Size): boolean =>
  [width, height].every((side) => side >= SIDE.min && side <= SIDE.max) &&
  Math.max(width / height, height / width) <= RATIO &&
  width * height < PIXELS;

/** The size nearest to the one asked for: its shape as far as it goes, then its area. */
export function fitCanvas(wanted: Size): Size {
  if (isMade(wanted)) return wanted;
  const ratio = within(wanted.width / wanted.height, 1 / RATIO, RATIO);
  const area = within(wanted.width * wanted.height, smallest(ratio), largest(ratio));
  const width = Math.sqrt(area * ratio);
  return nudge({ width: stepped(width), height: stepped(width / ratio) });
}

const isMade = (size: Size): boolean =>
  isCanvasShape(size) && size.width % STEP === 0 && size.height % STEP === 0;

const within = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/** Areas at which the shorter side is the shortest, and the longer one the longest, that there may be. */
const smallest = (ratio: number): number => SIDE.min ** 2 * Math.max(ratio, 1 / ratio);
const largest = (ratio: number): number => Math.min(PIXELS - 1, SIDE.max ** 2 / Math.max(ratio, 1 / ratio));

const stepped = (side: number): number => within(Math.round(side / STEP) * STEP, SIDE.min, SIDE.max);

/** Steps are coarse: what they carry over a bound comes back by one. */
function nudge(size: Size): Size {
  if (isCanvasShape(size)) return size;
  const { width, height } = size;
  return nudge({
    width: width >= height ? width - STEP : width,
    height: height >= width ? height - STEP : height,
  });
}
