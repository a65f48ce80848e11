/** Scripts that put no spaces between words: every character counts as one. */
const SPACELESS = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const WORD = new RegExp(String.raw`${SPACELESS}|(?:(?!${SPACELESS})[\p{L}\p{M}\p{N}])+`, "gu");

const STOP_WORDS = new Set(
  (
    "a about all also an and any are as at be been but by can could did do does for from had has have he her his how i " +
    "if in into is it its may me my no not of on or our she should so than that the their them then there these they " +
    "this those to was we were what when where which who why will with would you your"
  ).split(" "),
);
const STOP_WEIGHT = 0.1;

/** English endings, and what is left in their place where a word is left at all. */
const ENDINGS: readonly (readonly [ending: RegExp, left: string])[] = [
  [/ies$/, "y"],
  [/(?<!s)s$/, ""],
  [/(?:ing|ed)$/, ""],
  [/([^aeiouls])\1$/, "$1"],
  [/e$/, ""],
];
const STILL_A_WORD = /^(?=.*[aeiouy])[a-z]{3,}$/;

/** What a text speaks of: its words without their endings, those weighing most that say something and come often. */
export function weighWords(text: string): Map<string, number> {
  const words = text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
  const counts = new Map<string, { count: number; worth: number }>();
  for (const word of words) {
    const stem = stemOf(word);
    const { count, worth } = counts.get(stem) ?? { count: 0, worth: STOP_WORDS.has(word) ? STOP_WEIGHT : 1 };
    counts.set(stem, { count: count + 1, worth });
  }
  return new Map([...counts].map(([stem, { count, worth }]) => [stem, worth * (1 + Math.log(count))]));
}

/** "cats" and "cat", "running" and "runs" are one word. */
export function stemOf(word: string): string {
  return ENDINGS.reduce((stem, [ending, left]) => {
    const shorter = stem.replace(ending, left);
    return STILL_A_WORD.test(shorter) ? shorter : stem;
  }, word);
}
