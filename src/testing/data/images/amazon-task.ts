import type { JsonObject, ObjectShape, Picture } from "../image-tools.ts";
import type { AmazonModel } from "./amazon-model.ts";

/** One value of `taskType`. */
export interface Task {
  /** The member with its parameters. */
  params: string;
  /** `imageGenerationConfig`: with the size of the picture, without, or not at all. */
  config: "sized" | "unsized" | "none";
  shape(model: AmazonModel): ObjectShape;
  /** The images among the parameters. */
  images(params: JsonObject): PlacedImage[];
  /** What else is refused. */
  check?(params: JsonObject): string | undefined;
  paint(order: Order): Picture;
  /** Further members of the answer. */
  more?(order: Order): JsonObject;
  /** The picture has an alpha channel. */
  alpha?: true;
}

export interface PlacedImage {
  /** Its place among the parameters. */
  at: string;
  base64: string;
  /** It is a mask of this image. */
  maskOf?: string;
}

/** One picture to be painted. */
export interface Order {
  params: JsonObject;
  prompt: string;
  /** Where the task takes a size: the one asked for. */
  size: { width: number; height: number };
  /** What makes this picture another one than the next. */
  from: readonly unknown[];
}
