import type { JsonObject } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import type { ConverseRequest } from "../rules/request.ts";
import type { Rule } from "../rules/rule.ts";
import type { BodyShape } from "./body-shape.ts";
import type { Finding } from "./finding.ts";
import type { Written } from "./written.ts";

/** How one family of models is called by InvokeModel, which passes bodies through as they are. */
export interface Family {
  name: string;
  /** The base ids it serves. Imported models have none: see `imported`. */
  models: RegExp;
  /** Serves imported models: those that know three formats, or by Llama's or Mistral's own format the older ones. */
  imported?: "new" | "llama" | "mistral";
  /** Where several families serve a model, the first whose body this is. Default: whatever it holds. */
  claims?(body: JsonObject): boolean;
  /** What the body may hold. */
  shape(model: Model): BodyShape;
  /** How a body that differs from it is refused. Default: as AWS's schema validator does. */
  refuse?(findings: readonly Finding[]): string | undefined;
  /** What else is refused. */
  check?(body: JsonObject, model: Model, streaming: boolean): string | undefined;
  /** Converse's rules that hold for this body too. */
  rules?: readonly Rule[];
  read(body: JsonObject, model: Model): Reading;
  /** The answer as one body. */
  whole(answer: Written): JsonObject;
  /** The answer in chunks; a family without them does not stream. */
  chunks?(answer: Written): Iterable<JsonObject>;
  /** The headers do not tell the tokens. */
  uncounted?: boolean;
}

/** What a body asks, in Converse's words. */
export interface Reading {
  request: ConverseRequest;
  /** Why the model cannot make sense of the prompt. It then babbles, and says so. */
  broken?: string | undefined;
}

export type { ConverseRequest, RequestBlock, RequestMessage } from "../rules/request.ts";
export { isObject } from "../rules/request.ts";
export { fragments, streamEvents, words } from "../wire/stream-events.ts";
export type { Model } from "../catalogue/model-id.ts";
export type {
  ContentBlock,
  ImageBlock,
  ImageFormat,
  InferenceConfig,
  JsonObject,
  ToolChoice,
  ToolConfig,
  ToolResultBlock,
  Usage,
} from "../../conversation/types.ts";
