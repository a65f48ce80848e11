import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { ImageCall, MadeImages } from "../../family.ts";
import { modelFailed } from "../../refusals.ts";
import { textsIn } from "../../texts-in.ts";

const FILTERED = /block|filter|moderat|polic|responsible/i;

/**
 * `{images, error}`: what filters keep back is missing from the first and told in the second. Canvas may also answer
 * `{status: "Request Moderated", details}` without either.
 * @throws BedrockOpenAIError 500 for an error that is no filter's.
 */
export function readAmazon(answer: JsonObject, { body, count }: ImageCall): MadeImages {
  const images = textsIn(answer["images"]);
  const error = errorIn(answer);
  if (error !== undefined && !FILTERED.test(error) && images.length === 0) throw modelFailed(error);
  // Which seeds later pictures have is not told.
  const seed = count === 1 ? seedOf(body) : undefined;
  return { images: images.map((base64) => ({ base64, seed })), withheld: error };
}

function errorIn({ error, status, details }: JsonObject): string | undefined {
  if (typeof error === "string" && error !== "") return error;
  if (status !== "Request Moderated") return undefined;
  const reasons = isObject(details) ? textsIn(details["Moderation Reasons"]) : [];
  return reasons.length > 0 ? `Request moderated: ${reasons.join(", ")}.` : "Request moderated.";
}

function seedOf({ imageGenerationConfig: config }: JsonObject): number | undefined {
  const seed = isObject(config) ? config["seed"] : undefined;
  return typeof seed === "number" ? seed : undefined;
}
