import type { JsonObject } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import type { BodyShape } from "../invoke/body-shape.ts";
import type { Finding } from "../invoke/finding.ts";

/** How one family of models that do not converse is called by InvokeModel: embeddings, images, rerank. */
export interface DataFamily {
  name: string;
  /** The base ids it serves. */
  models: RegExp;
  /** What the body may hold. */
  shape(model: Model, body: JsonObject): BodyShape;
  /** How a body that differs from it is refused. Default: as AWS's schema validator does. */
  refuse?(findings: readonly Finding[]): string | undefined;
  /** What else is refused. */
  check?(body: JsonObject, model: Model): string | undefined;
  answer(body: JsonObject, model: Model): DataAnswer;
}

export interface DataAnswer {
  body: JsonObject;
  /** Told in a header; undefined where the family does not tell it there. */
  inputTokens?: number;
}

/** The families stand a folder deeper, and take from here what they need of the emulator. */
export type { ImageFormat, JsonObject } from "../../conversation/types.ts";
export { CHARACTERS_PER_TOKEN } from "../answers/usage.ts";
export {
  anything,
  flag,
  integer,
  list,
  object,
  oneOf,
  openObject,
  string,
  tagged,
  text,
} from "../invoke/body-shape.ts";
export type { BodyShape, ObjectShape } from "../invoke/body-shape.ts";
export type { Finding } from "../invoke/finding.ts";
export { everyMalformed, malformed, malformedBody } from "../invoke/malformed.ts";
export { imageHeader } from "../media/image-header.ts";
export { pngColour } from "../media/png-colour.ts";
export { isObject } from "../rules/request.ts";
