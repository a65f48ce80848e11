import { isIntervened } from "../bedrock/surfaces/native-facts.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import type { ImageCall, ImageFamily, MadeImages } from "./family.ts";
import { inTheirWords, noImages } from "./refusals.ts";

/**
 * The pictures of one call.
 * @throws BedrockOpenAIError 502 for a 200 without them that does not say why, 500 where the model failed.
 */
export function readAnswer(text: string, family: ImageFamily, call: ImageCall, model: string): MadeImages {
  const answer = parsed(text, model);
  if (!isObject(answer)) throw noImages(model);
  if (isIntervened(answer)) return { images: [], withheld: "A guardrail intervened." };
  const made = family.read(answer, call);
  if (made.withheld === undefined && made.images.length < call.count) throw noImages(model);
  return made.withheld === undefined ? made : { ...made, withheld: inTheirWords(made.withheld) };
}

function parsed(text: string, model: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw noImages(model, cause);
  }
}
