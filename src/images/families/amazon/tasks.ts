import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { Part } from "../../noted.ts";
import type { AmazonModel, TaskType } from "./models.ts";

/** One value of `taskType`. Source: AWS's guides to Titan Image Generator and to Nova Canvas. */
export interface AmazonTask {
  /** The member with its parameters. */
  params: string;
  /** `imageGenerationConfig`: with the size of the picture, without, or not at all. */
  config: "sized" | "unsized" | "none";
  /** Images that it takes. */
  images: number;
  /** Members that may also stand beside the prompt. */
  own: readonly string[];
  /** Members that it cannot do without, and OpenAI's names for them. */
  required: Readonly<Record<string, string>>;
  /** What it has no use for. */
  unused: readonly Part[];
}

const PAINTING = ["maskPrompt", "maskImage"];

export const TASKS: Readonly<Record<TaskType, AmazonTask>> = {
  TEXT_IMAGE: {
    params: "textToImageParams",
    config: "sized",
    images: 1,
    own: ["conditionImage", "controlMode", "controlStrength"],
    required: { text: "prompt" },
    unused: ["mask", "background"],
  },
  COLOR_GUIDED_GENERATION: {
    params: "colorGuidedGenerationParams",
    config: "sized",
    images: 1,
    own: ["colors", "referenceImage"],
    required: { text: "prompt", colors: "colors" },
    unused: ["mask", "style", "background"],
  },
  IMAGE_VARIATION: {
    params: "imageVariationParams",
    config: "sized",
    images: 5,
    own: ["similarityStrength"],
    required: { images: "image" },
    unused: ["mask", "style", "background"],
  },
  INPAINTING: {
    params: "inPaintingParams",
    config: "unsized",
    images: 1,
    own: PAINTING,
    required: { image: "image" },
    unused: ["size", "style", "background"],
  },
  OUTPAINTING: {
    params: "outPaintingParams",
    config: "unsized",
    images: 1,
    own: [...PAINTING, "outPaintingMode"],
    required: { image: "image" },
    unused: ["size", "style", "background"],
  },
  BACKGROUND_REMOVAL: {
    params: "backgroundRemovalParams",
    config: "none",
    images: 1,
    own: [],
    required: { image: "image" },
    unused: ["prompt", "negative_prompt", "mask", "style", "size", "quality", "seed", "n"],
  },
  VIRTUAL_TRY_ON: {
    params: "virtualTryOnParams",
    config: "unsized",
    images: 2,
    own: [
      "maskType",
      "imageBasedMask",
      "garmentBasedMask",
      "promptBasedMask",
      "maskExclusions",
      "mergeStyle",
    ],
    required: { sourceImage: "image", referenceImage: "image[1]", maskType: "maskType" },
    unused: ["prompt", "negative_prompt", "style", "size", "background"],
  },
};

export const TASK_TYPES = Object.keys(TASKS) as TaskType[];

/** The type whose parameters a caller gave without naming it. */
export const typeOfParams = (own: JsonObject): TaskType | undefined =>
  TASK_TYPES.find((type) => own[TASKS[type].params] !== undefined);

/** A task as this model does it for this caller, and the caller's own object of its parameters. */
export function taskOf(
  type: TaskType,
  { lacks }: Pick<AmazonModel, "lacks">,
  own: JsonObject,
): { row: AmazonTask; given: JsonObject } {
  const row = TASKS[type];
  const members = row.own.filter((name) => !lacks.includes(name));
  const object = own[row.params];
  const given = isObject(object) ? object : {};
  const paintsFromWords = type === "TEXT_IMAGE" && !isConditioned(members, { ...own, ...given });
  return { row: { ...row, own: members, ...(paintsFromWords && { images: 0 }) }, given };
}

/** An image lays out what is painted where the caller says how it is to be read. */
const isConditioned = (members: readonly string[], said: JsonObject): boolean =>
  ["controlMode", "controlStrength"].some((name) => members.includes(name) && said[name] !== undefined);
