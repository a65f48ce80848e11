import type { OwnKind } from "../../family.ts";
import { TASK_TYPES, TASKS } from "./tasks.ts";

/** What each of the family's own parameters is; the tasks say whose it is. */
export const PARAMETERS: Readonly<Record<string, OwnKind>> = {
  taskType: "text",
  ...Object.fromEntries(TASK_TYPES.map((type) => [TASKS[type].params, "json"] as const)),
  imageGenerationConfig: "json",
  width: "number",
  height: "number",
  cfgScale: "number",
  numberOfImages: "number",
  conditionImage: "picture",
  controlMode: "text",
  controlStrength: "number",
  colors: "json",
  referenceImage: "picture",
  similarityStrength: "number",
  maskPrompt: "text",
  maskImage: "picture",
  outPaintingMode: "text",
  maskType: "text",
  imageBasedMask: "json",
  garmentBasedMask: "json",
  promptBasedMask: "json",
  maskExclusions: "json",
  mergeStyle: "text",
};
