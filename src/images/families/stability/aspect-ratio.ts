import type { Notes } from "../../../reception/notes.ts";
import type { Size } from "../../picture.ts";
import { nearestSize, sizeList, sizeText } from "../../sizes.ts";

/** Shapes by name, and what is made of them: about a megapixel. Source: AWS's guide to Stable Diffusion 3.5. */
const MADE: Readonly<Record<string, string>> = {
  "1:1": "1024x1024",
  "16:9": "1344x768",
  "21:9": "1536x640",
  "2:3": "832x1216",
  "3:2": "1216x832",
  "4:5": "896x1088",
  "5:4": "1088x896",
  "9:16": "768x1344",
  "9:21": "640x1536",
};

const SHAPES = sizeList(Object.keys(MADE).join(" ").replaceAll(":", "x"));

/** The aspect ratio nearest to a size, which is noted where it makes another. */
export function aspectRatioOf(size: Size | undefined, notes: Notes): string | undefined {
  if (!size) return undefined;
  const { width, height } = nearestSize(size, SHAPES);
  const name = `${width}:${height}`;
  if (MADE[name] !== sizeText(size))
    notes.note("size", "clamped", `This model takes aspect ratios, no sizes; the nearest is ${name}.`);
  return name;
}
