import type { JsonObject } from "../../conversation/types.ts";
import type { Call } from "../call.ts";
import { isObject } from "../rules/request.ts";
import { NativeError } from "./native-error.ts";

/** The body of a native call, which names its model. */
export function readBody({ body }: Call): JsonObject & { model: string } {
  if (!isObject(body)) throw new NativeError("We could not parse the JSON body of your request.");
  const { model } = body;
  if (typeof model !== "string" || model === "") {
    throw new NativeError("Missing required parameter: 'model'.");
  }
  return { ...body, model };
}
