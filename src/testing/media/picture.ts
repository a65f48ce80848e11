/** A picture by its rows, so that a large one need not stand in memory. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, alpha. What is the same object is the same row. */
  row(y: number): Uint8Array;
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Enough to tell a colour: more rows and columns than these are passed over. */
const MAX_SAMPLES = 512;

/** The average of all pixels, those weighing less that are translucent, and their average alpha. */
export function averageOf({ width, height, row }: Picture): { colour: Rgb; alpha: number } {
  const sums = { red: 0, green: 0, blue: 0, alpha: 0, count: 0 };
  for (const y of samples(height)) {
    const pixels = row(y);
    for (const x of samples(width)) {
      const alpha = pixels[x * 4 + 3] ?? 0;
      sums.red += (pixels[x * 4] ?? 0) * alpha;
      sums.green += (pixels[x * 4 + 1] ?? 0) * alpha;
      sums.blue += (pixels[x * 4 + 2] ?? 0) * alpha;
      sums.alpha += alpha;
      sums.count += 1;
    }
  }
  const weight = Math.max(sums.alpha, 1);
  return {
    colour: [sums.red / weight, sums.green / weight, sums.blue / weight],
    alpha: sums.alpha / sums.count,
  };
}

function* samples(length: number): Generator<number> {
  const step = Math.ceil(length / MAX_SAMPLES);
  for (let at = 0; at < length; at += step) yield at;
}
