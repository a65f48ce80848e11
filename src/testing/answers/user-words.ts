/** Words that start sentences and name nothing. */
const OPENERS = new Set(
  (
    "a all an and answer are ask both call can could do does find for get give hello hey hi how i if in is it let look " +
    "my now ok please run say search send show tell thanks the then there this to use what when where which who why " +
    "will with would yes you"
  ).split(" "),
);

/** What in a user's text could be an argument: quoted phrases first, then capitalised words, runs joined. */
export function phrases(text: string): string[] {
  const quoted = [...text.matchAll(/"([^"\n]+)"|“([^”\n]+)”|(?<!\w)'([^'\n]+)'(?!\w)/g)].map(
    ([, straight, curly, single]) => straight ?? curly ?? single ?? "",
  );
  const named = [...text.matchAll(/\p{Lu}[\p{L}\d'-]*(?: \p{Lu}[\p{L}\d'-]*)*/gu)]
    .map(([run]) => withoutOpeners(run))
    .filter(Boolean);
  return [...new Set([...quoted, ...named])];
}

export function numbers(text: string): number[] {
  return [...text.matchAll(/(?<![\w.])-?\d+(?:\.\d+)?(?!\w)/g)].map(([digits]) => Number(digits));
}

/** Whether the text holds these words as words, whatever their case. */
export function mentions(text: string, words: string): boolean {
  return ` ${plain(text)} `.includes(` ${plain(words)} `);
}

/** The distinct words of at least this many letters, in lower case. */
export function longWords(text: string, letters: number): string[] {
  return [...new Set(plain(text).split(" "))].filter((word) => word.length >= letters);
}

/** `getWeather`, `get_weather` and `Get weather!` become `get weather`. */
function plain(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();
}

function withoutOpeners(run: string): string {
  const words = run.split(" ");
  const first = words.findIndex((word) => !OPENERS.has(word.toLowerCase().replace(/'.*/, "")));
  return first < 0 ? "" : words.slice(first).join(" ");
}
