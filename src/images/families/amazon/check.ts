import type { JsonObject } from "../../../conversation/types.ts";
import type { Picture } from "../../picture.ts";
import { checkLength, invalidValue, missing } from "../../refusals.ts";
import type { AmazonModel, TaskType } from "./models.ts";
import { TASKS } from "./tasks.ts";

const FORMATS: ReadonlySet<string> = new Set(["png", "jpeg"]);

/** @throws BedrockOpenAIError 400 for an image that the model does not take. */
export function checkImages(images: readonly Picture[], type: TaskType, { problem }: AmazonModel): void {
  for (const image of images) {
    const { format, width, height, param } = image;
    if (!FORMATS.has(format))
      throw invalidValue(param, `this model takes PNG and JPEG, and it is ${format}.`);
    const bounds = problem(image, type);
    if (bounds) throw invalidValue(param, `this model takes images of ${bounds}; it is ${width}x${height}.`);
  }
}

const LONGEST: readonly (readonly [string, string])[] = [
  ["text", "prompt"],
  ["negativeText", "negative_prompt"],
  ["maskPrompt", "maskPrompt"],
];

/** @throws BedrockOpenAIError 400 for what the task cannot do without, and for a text that is too long. */
export function checkParams(params: JsonObject, type: TaskType, model: AmazonModel): void {
  const needsText = type === "OUTPAINTING" && model.outPaintingNeedsText;
  const required = { ...TASKS[type].required, ...(needsText && { text: "prompt" }) };
  const absent = Object.entries(required).find(([member]) => params[member] === undefined);
  if (absent) throw missing(absent[1]);
  for (const [member, param] of LONGEST) {
    const text = params[member];
    if (typeof text === "string") checkLength(text, model.longestText, param);
  }
}
