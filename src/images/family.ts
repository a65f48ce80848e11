import type { JsonObject } from "../conversation/types.ts";
import type { Notes } from "../reception/notes.ts";
import type { Picture, Size } from "./picture.ts";

export type ImageEndpoint = "generations" | "edits" | "variations";

/** What is asked of an image model, whichever endpoint it came by. */
export interface ImageTask {
  endpoint: ImageEndpoint;
  /** Empty where there is none. */
  prompt: string;
  images: readonly Picture[];
  /** In OpenAI's polarity where it has an alpha channel: transparent is what is to be edited. */
  mask: Picture | undefined;
  n: number;
  /** Undefined for `auto`. */
  size: Size | undefined;
  /** Undefined for `auto`. */
  quality: "standard" | "premium" | undefined;
  outputFormat: "png" | "jpeg" | "webp" | undefined;
  style: string | undefined;
  negativePrompt: string | undefined;
  seed: number | undefined;
  /** A transparent background is asked for. */
  transparent: boolean;
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

/** One call of InvokeModel. */
export interface ImageCall {
  body: JsonObject;
  /** Pictures that it is to make. */
  count: number;
}

/** What a parameter is, so that the texts of a form are read as such. */
export type OwnKind = "text" | "number" | "json" | "picture";

/** How one family of image models is called by InvokeModel. */
export interface ImageFamily {
  name: string;
  /** The base ids it serves. */
  models: RegExp;
  /** Parameters of its own that a caller may set, by their AWS names. */
  parameters: Readonly<Record<string, OwnKind>>;
  /**
   * The calls that make all `n` pictures.
   * @throws BedrockOpenAIError 400 naming the parameter that the family cannot do without, or cannot do.
   */
  toCalls(task: ImageTask, making: Making): Promise<ImageCall[]>;
  /** One call's answer. @throws BedrockOpenAIError 500 where the model failed. */
  read(answer: JsonObject, call: ImageCall): MadeImages;
}

export interface MadeImage {
  base64: string;
  seed?: number | undefined;
}

export interface MadeImages {
  images: readonly MadeImage[];
  /** Pictures were held back by a filter: in its words, why. */
  withheld?: string | undefined;
}
