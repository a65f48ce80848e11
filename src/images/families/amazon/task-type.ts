import { maskWithin } from "../../mask.ts";
import type { ImageTask } from "../../family.ts";
import type { Picture } from "../../picture.ts";
import { unsupportedValue } from "../../refusals.ts";
import type { AmazonModel, TaskType } from "./models.ts";
import { typeOfParams } from "./tasks.ts";

export interface TypedTask {
  type: TaskType;
  /** The image's own transparent pixels, where they are what is to be painted: black is inside. */
  within?: Picture;
}

/** What a request is, where it does not say so itself: the first that fits. */
const SIGNS: readonly (readonly [TaskType, (task: ImageTask) => boolean])[] = [
  ["COLOR_GUIDED_GENERATION", ({ own }) => own["colors"] !== undefined],
  ["IMAGE_VARIATION", ({ endpoint }) => endpoint === "variations"],
  ["TEXT_IMAGE", ({ endpoint }) => endpoint === "generations"],
  ["OUTPAINTING", ({ own }) => own["outPaintingMode"] !== undefined],
  ["INPAINTING", ({ mask, own }) => (mask ?? own["maskPrompt"] ?? own["maskImage"]) !== undefined],
  ["BACKGROUND_REMOVAL", ({ transparent, prompt }) => transparent && prompt === ""],
];

/**
 * The caller's own `taskType`, or what its parameters are of, or what the endpoint and the pictures say.
 * @throws BedrockOpenAIError 400 for a task that the model does not do.
 */
export async function typedTask(task: ImageTask, { tasks }: AmazonModel): Promise<TypedTask> {
  const said = task.own["taskType"] ?? typeOfParams(task.own) ?? SIGNS.find(([, fits]) => fits(task))?.[0];
  const typed: TypedTask = said === undefined ? await byTransparency(task) : { type: said as TaskType };
  if (tasks.includes(typed.type)) return typed;
  // What is no text has nothing to quote, and may not even become one.
  throw unsupportedValue("taskType", typeof typed.type === "string" ? typed.type : typeof typed.type, tasks);
}

/** An edit without a mask: OpenAI's own models then paint where the image is transparent. */
async function byTransparency({ images: [image] }: ImageTask): Promise<TypedTask> {
  const within = image && (await maskWithin(image, "black-edits"));
  return within ? { type: "INPAINTING", within } : { type: "IMAGE_VARIATION" };
}
