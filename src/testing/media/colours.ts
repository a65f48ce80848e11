import type { Rgb } from "./picture.ts";

const COLOURS: readonly (readonly [name: string, rgb: Rgb])[] = [
  ["black", [0, 0, 0]],
  ["white", [255, 255, 255]],
  ["gray", [128, 128, 128]],
  ["red", [230, 20, 20]],
  ["green", [20, 180, 20]],
  ["blue", [20, 20, 230]],
  ["yellow", [240, 230, 30]],
  ["cyan", [20, 220, 220]],
  ["magenta", [230, 20, 230]],
  ["orange", [250, 140, 20]],
  ["purple", [120, 30, 150]],
  ["pink", [250, 170, 190]],
  ["brown", [130, 80, 40]],
];

const BY_NAME = new Map(COLOURS);
const HUES = COLOURS.slice(3);
const NAMED = new RegExp(String.raw`\b(${COLOURS.map(([name]) => name).join("|")}|grey)\b`, "i");

/** The name of the nearest colour. */
export function nameOfColour([red, green, blue]: Rgb): string {
  const distance = ([, [r, g, b]]: (typeof COLOURS)[number]) =>
    (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  return COLOURS.reduce((nearest, colour) => (distance(colour) < distance(nearest) ? colour : nearest))[0];
}

/** The first colour that a text names. */
export function colourNamedIn(text: string): Rgb | undefined {
  const [, name = ""] = NAMED.exec(text) ?? [];
  return BY_NAME.get(name.toLowerCase().replace("grey", "gray"));
}

/** A colour that has a hue, the same for the same number. */
export function colourByNumber(number: number): Rgb {
  const [, rgb] = HUES[number % HUES.length] ?? ["", [0, 0, 0]];
  return rgb;
}
