import * as z from "zod";
import { hintFor } from "../../../src/nearest-name.ts";

/** The words of a fault; a key without a value is a slip of its own. */
const must = (words: string) => ({
  error: ({ input }: { input?: unknown }): string => (input === null ? "has no value" : `must be ${words}`),
});

export const text = (words = "a text (in quotes, if it looks like a number)") =>
  z.string(must(words)).min(1, must(words));

export const oneOf = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words, must(either(words.map((word) => `'${word}'`))));

const either = (words: readonly string[]): string =>
  [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" or ");

/** Variables are texts, so a text that is a number counts as one. */
export const number = (words: string, isRight: (value: number) => boolean) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value),
    z.number(must(words)).refine(isRight, must(words)),
  );

export const positive = (unit: string) => number(`a positive number of ${unit}`, (value) => value > 0);
export const count = () =>
  number("a whole number, 0 or more", (value) => Number.isInteger(value) && value >= 0);

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, false: false };

export const truth = () =>
  z.preprocess(
    (value) => (typeof value === "string" ? (TRUTHS[value.toLowerCase()] ?? value) : value),
    z.boolean(must("true or false")),
  );

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, must("a list, with a dash before each item"));

export const recordOf = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string(), value, must("a mapping of names"));

/** An object that has these members and no others. */
export const strict = <Shape extends z.ZodRawShape>(
  shape: Shape,
  elsewhere: Readonly<Record<string, string>> = {},
) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? // One line for each of the keys, in their order: `complaints.ts` parts them again.
          issue.keys
            .map((key) =>
              Object.hasOwn(elsewhere, key) ? elsewhere[key]! : hintFor(key, Object.keys(shape)),
            )
            .join("\n")
        : must("a mapping").error(issue),
  });
