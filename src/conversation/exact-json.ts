/** More digits than a double keeps: ids of Discord, X and many databases. */
const LONG_NUMBER = /\d{16}/;

/** What JavaScript engines have had since 2023, and TypeScript's library does not know yet. */
interface RawJson {
  rawJSON?(text: string): unknown;
  isRawJSON?(value: unknown): boolean;
}

const raw = JSON as RawJson;

type Revive = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** A whole number that a double would change stays the text that it was, to be written out unchanged. */
const exact: Revive = (_, value, context) =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source
    ? raw.rawJSON?.(context.source)
    : value;

/**
 * `JSON.parse` that gives long whole numbers back unchanged when the value is written as JSON again. On engines that
 * cannot (Node 20) they are rounded, as by any JavaScript program.
 */
export const parseExact = (text: string): unknown =>
  raw.rawJSON && LONG_NUMBER.test(text) ? JSON.parse(text, exact as Revive) : JSON.parse(text);

/** A number that is kept as its text: an object to look at, and none to look into. */
export const isRawNumber = (value: unknown): boolean => raw.isRawJSON?.(value) ?? false;
