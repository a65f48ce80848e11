import * as z from "../schema/z.ts";
import { listOf } from "./list-of.ts";
import { MAX_LISTED, meantBy, tokenIds, tokenLists } from "./token-ids.ts";

/** One text to continue, or several; each as text or as token ids. */
export type Prompt = string | string[] | number[] | number[][];

const texts = z.union([z.string(), listOf(z.string(), 1, MAX_LISTED)]);

/** The first item tells what the caller meant. */
export const prompt = meantBy<Prompt>((value) => {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  if (typeof first === "number") return tokenIds as unknown as z.Schema<Prompt>;
  return Array.isArray(first) ? tokenLists : texts;
});
