import type { JsonObject } from "../conversation/types.ts";
import type { Notes } from "../reception/notes.ts";
import type { Picture, Size } from "./picture.ts";

/** What is asked of an image model, whichever endpoint it came by. */
export interface ImageTask {
  endpoint: "generations" | "edits" | "variations";
  /** Empty where there is none. */
  prompt: string;
  images: readonly Picture[];
  /** In OpenAI's polarity where it has an alpha channel: transparent is what is to be edited. */
  mask: Picture | undefined;
  n: number;
  /** Undefined for `auto`. */
  size: Size | undefined;
  quality: "standard" | "premium" | undefined;
  outputFormat: "png" | "jpeg" | "webp" | undefined;
  style: string | undefined;
  negativePrompt: string | undefined;
  seed: number | undefined;
  /** The family's own parameters, by their AWS names, as the caller gave them. */
  own: JsonObject;
}

/** What bodies are made with, so that families stay free of chance. */
export interface Making {
  /** The base id: `amazon.nova-canvas-v1:0`. */
  family: string;
  /** Whole numbers from 0 to `max`. */
  drawSeed(max: number): number;
  notes: Notes;
}

/** How one family of image models is called by InvokeModel. */
export interface ImageFamily {
  name: string;
  /** The base ids it serves. */
  models: RegExp;
  /** Parameters of its own that a caller may set, by their AWS names. */
  parameters: readonly string[];
  /**
   * The bodies of the calls that make all `n` pictures.
   * @throws BedrockOpenAIError 400 naming the parameter that the family cannot do without, or cannot do.
   */
  toBodies(task: ImageTask, making: Making): Promise<JsonObject[]>;
  /** One call's answer. @throws BedrockOpenAIError 400 `content_policy_violation`, 500 where the model failed. */
  read(answer: JsonObject): MadeImages;
}

export interface MadeImages {
  images: readonly { base64: string; seed?: number | undefined }[];
  /** Some pictures were held back: why. */
  withheld?: string | undefined;
}
