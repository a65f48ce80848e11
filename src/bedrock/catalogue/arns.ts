import { familyOfId } from "../models/family.ts";

const MODEL = /:(?:foundation-model|inference-profile|custom-model)\/([^/]+)/;

/** Base id of the model in an ARN; undefined where the ARN hides it. A global profile's models have no Region. */
export const baseOfArn = (arn = ""): string | undefined => familyOfId(MODEL.exec(arn)?.[1] ?? "");

/** The Regions of some ARNs, each once, in order. */
export const regionsOf = (...arns: readonly (string | undefined)[]): string[] => {
  const regions = arns.map((arn) => arn?.split(":", 4)[3] ?? "").filter((region) => region !== "");
  return [...new Set(regions)].toSorted();
};
