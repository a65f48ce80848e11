/** One piece of sensitive information in a text. */
export interface Found {
  type: string;
  match: string;
  /** Of its first character, and of the one after its last. */
  begin: number;
  end: number;
}

/** The kinds that the emulator recognizes. */
const ENTITIES: readonly { type: string; pattern: RegExp }[] = [
  { type: "EMAIL", pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g },
  { type: "PHONE", pattern: /(?<![\w@.-])\+?\d(?:[ ().-]{0,2}\d){8,14}(?!\w)/g },
];

export const ENTITY_TYPES: readonly string[] = ENTITIES.map(({ type }) => type);

/** E-mail addresses, and telephone numbers of nine digits and more, in the order of the text. */
export function findSensitive(text: string): Found[] {
  return ENTITIES.flatMap(({ type, pattern }) =>
    [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
      type,
      match,
      begin: index,
      end: index + match.length,
    })),
  ).toSorted((one, other) => one.begin - other.begin);
}

/** The text with `{EMAIL}` in the place of an address. */
export function masked(text: string): string {
  return ENTITIES.reduce((told, { type, pattern }) => told.replaceAll(pattern, `{${type}}`), text);
}
