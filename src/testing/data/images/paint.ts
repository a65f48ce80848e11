import { createHash } from "node:crypto";
import { colourByNumber, colourNamedIn } from "../image-tools.ts";
import type { Picture, Rgb } from "../image-tools.ts";

/** Cells along the longer side. */
const CELLS = 16;
/** How far a cell may be from its colour, on the way to white or black: by chance, and from top to bottom. */
const CHANCE = 0.3;
const SLOPE = 0.16;

export interface Painting {
  width: number;
  height: number;
  /** What makes the picture: the same gives the same, and something else another one. */
  from: readonly unknown[];
  /** Where its colours come from, the first that there is: this list, a word of the prompt, chance. */
  colours?: readonly Rgb[] | undefined;
  prompt?: string;
}

/**
 * What the emulator paints: a mirrored mosaic of shades, lighter at its top, whose average is the colour asked for.
 * Neighbouring rows are mostly the same, which makes it cheap to write.
 */
export function paint({ width, height, from, colours, prompt = "" }: Painting): Picture {
  const chance = createHash("sha256").update(JSON.stringify(from)).digest();
  const named = colourNamedIn(prompt);
  const palette = colours ?? [named ?? colourByNumber(chance[0] ?? 0)];
  const cell = Math.ceil(Math.max(width, height) / CELLS);
  const columns = Math.ceil(width / cell);
  const bands = Array.from({ length: Math.ceil(height / cell) }, (_, band) => {
    const slope = SLOPE * (0.5 - (band + 0.5) / Math.ceil(height / cell));
    return bandOf(width, cell, (column) => {
      const mirrored = Math.min(column, columns - 1 - column);
      const byte = chance[(mirrored + band * 7) % chance.length] ?? 0;
      const shade = CHANCE * (((byte * (band + 3)) % 256) / 255 - 0.5);
      return shaded(palette[byte % palette.length] ?? [0, 0, 0], shade + slope);
    });
  });
  return { width, height, row: (y) => bands[Math.floor(y / cell)] ?? new Uint8Array(width * 4) };
}

function bandOf(width: number, cell: number, colourAt: (column: number) => Rgb): Uint8Array {
  const row = new Uint8Array(width * 4).fill(255);
  for (let from = 0; from < width; from += cell) {
    const colour = colourAt(from / cell);
    for (let x = from; x < Math.min(from + cell, width); x += 1) row.set(colour, x * 4);
  }
  return row;
}

/** A colour nearer to white (above zero) or to black. */
function shaded(colour: Rgb, shade: number): Rgb {
  const target = shade > 0 ? 255 : 0;
  const [red, green, blue] = colour.map((value) => Math.round(value + (target - value) * Math.abs(shade)));
  return [red ?? 0, green ?? 0, blue ?? 0];
}
