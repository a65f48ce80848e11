import type { Notes } from "../reception/notes.ts";

/** Words apart, however they are joined: `Soft digital painting` is `SOFT_DIGITAL_PAINTING`. */
const plain = (style: string): string => style.toLowerCase().replaceAll(/[\s_-]+/g, "-");

/** The family's own word for a style that was asked for; noted where it has none. */
export function styleOf(
  style: string | undefined,
  styles: readonly string[],
  notes: Notes,
): string | undefined {
  if (style === undefined) return undefined;
  const found = styles.find((each) => plain(each) === plain(style));
  if (found === undefined)
    notes.note(
      "style",
      "dropped",
      styles.length > 0 ? `This model's styles are ${styles.join(", ")}.` : "This model has no styles.",
    );
  return found;
}
