/** As much of a text as helps whoever reads a log. */
const MAX_CHARS = 2_000;

/** What callers or AWS have a say in, as a part of a log's line: of them there is one, and its colours are the reader's. */
export const oneLine = (text: string, most = MAX_CHARS): string =>
  (text.length > most ? `${text.slice(0, most)}…` : text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?");
