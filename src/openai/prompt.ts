import * as z from "zod";
import { listOf } from "./list-of.ts";

/** One text to continue, or several; each as text or as token ids. */
export type Prompt = string | string[] | number[] | number[][];

/** As many as OpenAI takes of anything that is listed for one call. */
const MAX_PROMPTS = 2048;

const tokenId = z.int().min(0);

/** Like `listOf(tokenId)` without a schema's run for each of a million numbers. */
const tokenIds = z.array(z.unknown()).transform((values, context): number[] => {
  const at = values.findIndex((value) => !Number.isSafeInteger(value) || (value as number) < 0);
  if (at < 0 && values.length > 0) return values as number[];
  const { error } = at < 0 ? z.array(z.never()).min(1).safeParse(values) : tokenId.safeParse(values[at]);
  const path = at < 0 ? [] : [at];
  for (const issue of error?.issues ?? [])
    context.issues.push({ ...issue, path, input: values } as z.core.$ZodRawIssue);
  return z.NEVER;
});

const texts = z.union([z.string(), listOf(z.string(), 1, MAX_PROMPTS)]);
const tokenLists = listOf(tokenIds, 1, MAX_PROMPTS);

/** The first item tells what the caller meant, and what is wrong is said of that. */
function meant(value: unknown): z.ZodType<Prompt> {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  if (typeof first === "number") return tokenIds as unknown as z.ZodType<Prompt>;
  return Array.isArray(first) ? tokenLists : texts;
}

export const prompt = z.unknown().transform((value, context): Prompt => {
  const result = meant(value).safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues)
    context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});
