import * as z from "../schema/z.ts";
import { textRecord } from "./text-record.ts";

const MAX_PAIRS = 16;
const MAX_KEY = 64;
const MAX_VALUE = 512;

/** What is attached to something kept: 16 pairs, keys of 64 characters, values of 512. Source: OpenAI API reference, `metadata`. */
export const metadata = textRecord.superRefine((pairs, context) => {
  const count = Object.keys(pairs).length;
  if (count > MAX_PAIRS) {
    const message = `too many properties. Expected at most ${MAX_PAIRS}, but got ${count} instead`;
    context.addIssue({ code: "too_big", origin: "object", maximum: MAX_PAIRS, message });
    return;
  }
  const wrong = wrongWith(Object.entries(pairs));
  if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong });
});

export type Metadata = z.output<typeof metadata>;

function wrongWith(pairs: readonly [string, string][]): string | undefined {
  const key = pairs.find(([name]) => name.length > MAX_KEY)?.[0];
  if (key !== undefined)
    return `a key is too long. Expected at most ${MAX_KEY} characters, but got ${key.length} instead`;
  const value = pairs.find(([, text]) => text.length > MAX_VALUE)?.[1];
  if (value !== undefined)
    return `a value is too long. Expected at most ${MAX_VALUE} characters, but got ${value.length} instead`;
  return undefined;
}

/** A request whose answer is kept with it. */
export const keepableRequest = z.looseObject({ metadata: metadata.nullish() });

/** The body that changes what is attached; nothing else of what is kept can be changed. */
export const metadataUpdate = z.looseObject({ metadata: metadata.nullable() });
