/** An event of a stream's text. */
export interface TextEvent {
  name: string | undefined;
  /** Absent where it is not written as all of ours are, in one line after its name. */
  data: string | undefined;
  /** It is one line that no client reads. */
  isComment: boolean;
  /** Where the next one begins. */
  end: number;
}

const NAME = "event: ";
const DATA = "data: ";

/** The event that begins at a place of a stream's text, which ends with the text at the latest. */
export function eventAt(text: string, start: number): TextEvent {
  const gap = text.indexOf("\n\n", start);
  const end = gap < 0 ? text.length : gap + 2;
  const isNamed = text.startsWith(NAME, start);
  const line = isNamed ? text.indexOf("\n", start) + 1 : start;
  const name = isNamed ? text.slice(start + NAME.length, line - 1) : undefined;
  const isLine = gap >= 0 && text.indexOf("\n", line) === gap;
  const isOurs = isLine && text.startsWith(DATA, line);
  const isComment = isLine && text.startsWith(":", start);
  return { name, data: isOurs ? text.slice(line + DATA.length, gap) : undefined, isComment, end };
}
