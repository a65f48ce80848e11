import { droppedNotes } from "../conversation/dropped-notes.ts";
import type { JsonObject } from "../conversation/types.ts";
import type { Notes } from "../reception/notes.ts";
import type { ImageTask } from "./family.ts";
import type { Picture } from "./picture.ts";
import { isSameSize } from "./sizes.ts";

/** What of a task a family may have no use for, by OpenAI's names. What is the same without it is not missed. */
const ASKED = {
  prompt: ({ prompt }) => prompt !== "",
  mask: ({ mask }) => mask !== undefined,
  size: ({ size, images: [image] }) => size !== undefined && !(image && isSameSize(size, image)),
  quality: ({ quality }) => quality === "premium",
  style: ({ style }) => style !== undefined,
  negative_prompt: ({ negativePrompt }) => negativePrompt !== undefined,
  seed: ({ seed }) => seed !== undefined,
  output_format: ({ outputFormat }) => outputFormat !== undefined && outputFormat !== "png",
  background: ({ transparent }) => transparent,
  n: ({ n }) => n > 1,
} satisfies Record<string, (task: ImageTask) => boolean>;

export type Part = keyof typeof ASKED;

/** Why a part has no place, where there is more to say than that. */
const REASONS: Partial<Record<Part, string>> = {
  size: "The image that is given decides the size.",
  quality: "This model has one quality.",
  output_format: "This model makes PNG.",
  background: "This task paints no transparent background.",
  n: "Of one image this task makes one other, the same each time.",
};

/** Names what is asked for and has no place. */
export function noteUnused(
  task: ImageTask,
  parts: readonly Part[],
  notes: Notes,
  reasons: Partial<Record<Part, string>> = {},
): void {
  for (const part of parts.filter((each) => ASKED[each](task))) {
    const reason = reasons[part] ?? REASONS[part] ?? "This task has no use for it.";
    notes.note(part, part === "n" ? "clamped" : "dropped", reason);
  }
}

/**
 * Names the images that a task has no place for.
 * @param taken How many it takes.
 */
export function noteLeftOver(images: readonly Picture[], taken: number, notes: Notes): void {
  const params = images.map(({ param }) => param);
  notes.adjustments.push(...droppedNotes(params, TAKES[taken] ?? `This task takes ${taken} images.`));
}

const TAKES = ["This task paints from words alone.", "This task takes one image."];

/**
 * What of the family's own parameters has a place in a task, with a note for the others. Those that nobody knows here
 * stay: they were asked for by AWS's name for them.
 * @param all The family's parameters.
 */
export function ownOf(
  { own }: ImageTask,
  known: readonly string[],
  all: Readonly<Record<string, unknown>>,
  notes: Notes,
): JsonObject {
  const foreign = Object.keys(own).filter((name) => Object.hasOwn(all, name) && !known.includes(name));
  notes.adjustments.push(...droppedNotes(foreign, "This task has no such parameter."));
  return Object.fromEntries(Object.entries(own).filter(([name]) => !foreign.includes(name)));
}
