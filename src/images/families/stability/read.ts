import type { JsonObject } from "../../../conversation/types.ts";
import type { MadeImage, MadeImages } from "../../family.ts";
import { modelFailed } from "../../refusals.ts";

/**
 * `{images, seeds, finish_reasons}`: a reason stands for a picture that was not made, with the same status.
 * Source: AWS's guide to Stability AI models.
 * @throws BedrockOpenAIError 500 for a reason that is no filter's.
 */
export function readStability({ images, seeds, finish_reasons: reasons }: JsonObject): MadeImages {
  const told = list(reasons).filter(isReason);
  const failure = told.find((reason) => !FILTERED.test(reason));
  if (failure !== undefined) throw modelFailed(`${failure.replace(/\.?$/, ".")}`);
  const made = list(images).flatMap((base64, index): MadeImage[] => {
    const isMade = typeof base64 === "string" && base64 !== "" && !isReason(list(reasons)[index]);
    return isMade ? [{ base64, seed: seedIn(list(seeds)[index]) }] : [];
  });
  return { images: made, withheld: told[0] };
}

const FILTERED = /filter|moderat|polic/i;

const isReason = (reason: unknown): reason is string =>
  typeof reason === "string" && reason !== "" && reason.toUpperCase() !== "SUCCESS";

const seedIn = (seed: unknown): number | undefined => (typeof seed === "number" ? seed : undefined);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
