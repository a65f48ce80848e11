import * as z from "../schema/z.ts";
import { listOf } from "./list-of.ts";

/** As many as OpenAI takes of anything that is listed for one call. */
export const MAX_LISTED = 2048;

const tokenId = z.int().min(0);

/** Like `listOf(tokenId)` without a schema's run for each of a million numbers. */
export const tokenIds = z.array(z.unknown()).transform((values, context): number[] => {
  const at = values.findIndex((value) => !Number.isSafeInteger(value) || (value as number) < 0);
  if (at < 0 && values.length > 0) return values as number[];
  const { error } = at < 0 ? z.array(z.never()).min(1).safeParse(values) : tokenId.safeParse(values[at]);
  const path = at < 0 ? [] : [at];
  for (const issue of error?.issues ?? []) context.issues.push({ ...issue, path, input: values });
  return z.NEVER;
});

export const tokenLists = listOf(tokenIds, 1, MAX_LISTED);

/** A schema that is chosen by the value itself, so that what is wrong is said of what the caller meant. */
export const meantBy = <T>(choose: (value: unknown) => z.Schema<T>): z.Schema<T> =>
  z.unknown().transform((value, context): T => {
    const result = choose(value).safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue, input: value });
    return z.NEVER;
  });
