/** A caller may name anything, at any length. */
const MAX_CHARS = 256;

/** What is shown of a request's `model`. */
export const askedName = (asked: string | undefined): string | undefined => asked?.slice(0, MAX_CHARS);
