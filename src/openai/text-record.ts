import * as z from "../schema/z.ts";

/** An object of texts. Like `listOf` it stops at the first value that is no text: a million would be as many issues. */
export const textRecord = z.looseObject({}).transform((record, context): Record<string, string> => {
  const bad = Object.keys(record).find((name) => typeof record[name] !== "string");
  if (bad === undefined) return record as Record<string, string>;
  context.issues.push({ code: "invalid_type", expected: "string", path: [bad], input: record[bad] });
  return z.NEVER;
});
