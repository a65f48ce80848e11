import { invalidRequest } from "../errors.ts";
import type { Notes } from "../reception/notes.ts";
import type { Size } from "./picture.ts";

const SIZE = /^(\d{1,5})x(\d{1,5})$/i;

/** OpenAI's `1024x1024`; undefined for `auto`. @throws BedrockOpenAIError 400 for what is neither. */
export function parseSize(text: string): Size | undefined {
  if (text === "" || text === "auto") return undefined;
  const [, width = 0, height = 0] = (SIZE.exec(text) ?? []).map(Number);
  if (width > 0 && height > 0) return { width, height };
  throw invalidRequest(
    `Invalid value: '${text.slice(0, 64)}'. Supported values are: 'auto', and a width and a height in pixels such as '1024x1024'.`,
    { code: "invalid_value", param: "size" },
  );
}

export const sizeText = ({ width, height }: Size): string => `${width}x${height}`;

export const isSameSize = (one: Size, other: Size): boolean =>
  one.width === other.width && one.height === other.height;

/** Sizes as a table writes them: `1024x1024 1152x896`. */
export const sizeList = (text: string): readonly Size[] =>
  text.split(" ").map((size) => {
    const [width = 0, height = 0] = size.split("x").map(Number);
    return { width, height };
  });

/** How far two sizes are apart: in shape first, then in area. */
const distance = (one: Size, other: Size): readonly [number, number] => [
  apart(one.width / one.height, other.width / other.height),
  apart(one.width * one.height, other.width * other.height),
];

const apart = (one: number, other: number): number => Math.abs(Math.log(one) - Math.log(other));

/** Of some sizes the one that is most like another: by ratio, then by area. */
export function nearestSize<S extends Size>(wanted: Size, sizes: readonly S[]): S {
  return sizes.reduce((best, next) => {
    const [ratio, area] = distance(wanted, next);
    const [bestRatio, bestArea] = distance(wanted, best);
    return ratio < bestRatio || (ratio === bestRatio && area < bestArea) ? next : best;
  });
}

/** A size in the place of the one asked for, which is noted where it is another. */
export function fitSize(wanted: Size, fit: (size: Size) => Size, notes: Notes): Size {
  const size = fit(wanted);
  if (!isSameSize(size, wanted))
    notes.note("size", "clamped", `The nearest size that this model makes is ${sizeText(size)}.`);
  return size;
}
