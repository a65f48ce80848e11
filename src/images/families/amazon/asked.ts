import type { JsonObject } from "../../../conversation/types.ts";
import type { ImageTask } from "../../family.ts";
import type { Picture } from "../../picture.ts";

/** What the members of a task's parameters are made of. */
export interface Asked {
  /** Its images are opaque. */
  task: ImageTask;
  /** The first image as it came. */
  original: Picture | undefined;
  /** The model's own word for the style that was asked for. */
  style: string | undefined;
  /** The image's own transparent pixels as a mask, where they have been looked for. */
  within?: Picture | undefined;
  /** The caller's own object of the task's parameters. */
  given: JsonObject;
}
