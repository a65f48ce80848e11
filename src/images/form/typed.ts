import type * as z from "../../schema/z.ts";

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;
/** Python writes its own with a capital. */
const WORD = /^(true|false|null)$/i;
const JSON_LIKE = /^\s*[[{]/;

/** A text of a form as the JSON value that it looks like; else as the text that it is. */
export function untexted(text: string): unknown {
  if (NUMBER.test(text)) return Number(text);
  if (WORD.test(text)) return JSON.parse(text.toLowerCase()) as unknown;
  return JSON_LIKE.test(text) ? parsed(text) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Words in whatever member they stand: a prompt of `2024` is no number. */
const IS_WORDS = /(text|prompt)$/i;

/** The same for a member of an object, whose schema nobody knows here. */
export const untextedMember = (text: string, name: string): unknown =>
  IS_WORDS.test(name) ? text : untexted(text);

/**
 * Of the ways to read a field the first that its schema takes; where it takes none, the one that is wrong in more than
 * its type, so that the complaint is about what the caller meant.
 */
export function fitting(schema: z.Schema, readings: readonly unknown[]): unknown {
  const results = readings.map((value) => ({ value, issue: schema.safeParse(value).error?.issues[0] }));
  const best =
    results.find(({ issue }) => issue === undefined) ??
    results.find(({ issue }) => issue?.code !== "invalid_type");
  return (best ?? results[0])?.value;
}
