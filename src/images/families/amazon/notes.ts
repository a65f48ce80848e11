import type { JsonObject } from "../../../conversation/types.ts";
import type { ImageTask, Making } from "../../family.ts";
import { noteLeftOver, noteUnused, ownOf } from "../../noted.ts";
import { CONFIG_MEMBERS } from "./config.ts";
import { PARAMETERS } from "./parameters.ts";
import type { AmazonTask } from "./tasks.ts";

/** What says in the caller's own words where to paint. */
const MASKS: readonly string[] = [
  "maskPrompt",
  "maskImage",
  "imageBasedMask",
  "garmentBasedMask",
  "promptBasedMask",
];

/**
 * What of the family's own parameters has a place in a task. Names what has none, of OpenAI's too.
 * @param given The caller's own object of the task's parameters.
 */
export function placedOwn(
  task: ImageTask,
  row: AmazonTask,
  given: JsonObject,
  { notes }: Pick<Making, "notes">,
): JsonObject {
  noteUnused(task, [...row.unused, "output_format"], notes);
  noteLeftOver(task.images.slice(row.images), row.images, notes);
  const mask = MASKS.find((name) => row.own.includes(name) && (given[name] ?? task.own[name]) !== undefined);
  if (mask !== undefined) noteUnused(task, ["mask"], notes, { mask: `${mask} says where to paint.` });
  if (given["returnMask"] === true)
    notes.note("returnMask", "dropped", "Answers have no place for the mask of a try-on.");
  const config = row.config === "none" ? [] : ["imageGenerationConfig", ...CONFIG_MEMBERS[row.config]];
  return ownOf(task, ["taskType", row.params, ...row.own, ...config], PARAMETERS, notes);
}
