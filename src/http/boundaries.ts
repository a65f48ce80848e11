const CR = 0x0d;
/** A line break before a boundary belongs to it; before the first one there need be none. */
const LINE_BREAK = 2;

/**
 * Where the delimiters of a multipart body end. Time is linear in the body whatever stands in it: both the text that is
 * looked for and the text that it is looked for in are the sender's.
 * @param boundary ASCII, as the `content-type` names it.
 */
export function* delimitersIn(bytes: Uint8Array, boundary: string): Generator<number> {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  const fallbacks = fallbacksOf(delimiter);
  let matched = LINE_BREAK;
  for (let at = 0; at < bytes.length; at += 1) {
    if (matched === 0) {
      at = bytes.indexOf(CR, at);
      if (at < 0) return;
    }
    while (matched > 0 && bytes[at] !== delimiter[matched]) matched = fallbacks[matched - 1]!;
    if (bytes[at] === delimiter[matched]) matched += 1;
    if (matched < delimiter.length) continue;
    yield at + 1;
    matched = 0;
  }
}

/** Knuth, Morris and Pratt's: after how many matching bytes, how many of them still match further on. */
function fallbacksOf(pattern: Uint8Array): Uint8Array {
  const fallbacks = new Uint8Array(pattern.length);
  let matched = 0;
  for (let at = 1; at < pattern.length; at += 1) {
    while (matched > 0 && pattern[at] !== pattern[matched]) matched = fallbacks[matched - 1]!;
    if (pattern[at] === pattern[matched]) matched += 1;
    fallbacks[at] = matched;
  }
  return fallbacks;
}
