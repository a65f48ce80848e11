import type { ToolSpec } from "../../conversation/types.ts";
import { longWords, mentions } from "./user-words.ts";

const SIGNIFICANT_LETTERS = 5;

/** Long words of descriptions that point at nothing. */
const FILLERS = new Set(
  (
    "about after again based before being between could current every fetch first given information input inside " +
    "other output please provide provided return returned returns search should something their there these thing " +
    "things think those tools under until using value values where which while whose within without would"
  ).split(" "),
);

/**
 * The tools a text asks for. Those it names come first and alone; else those whose name shares a long word with
 * it, one tool a word; else the one whose description shares most.
 */
export function chosenTools(tools: readonly ToolSpec[], text: string): ToolSpec[] {
  const named = tools.filter(
    ({ name }) => text.toLowerCase().includes(name.toLowerCase()) || mentions(text, name),
  );
  if (named.length > 0) return named;
  const byName = oneToolAWord(tools, text);
  if (byName.length > 0) return byName;
  const scored = tools
    .map((tool) => ({ tool, score: sharedWords(tool.description ?? "", text).length }))
    .filter(({ score }) => score > 0);
  const best = scored.toSorted((one, other) => other.score - one.score);
  return best.slice(0, mentions(text, "both") ? 2 : 1).map(({ tool }) => tool);
}

function oneToolAWord(tools: readonly ToolSpec[], text: string): ToolSpec[] {
  const taken = new Set<string>();
  return tools.filter(({ name }) => {
    const words = sharedWords(name, text).filter((word) => !taken.has(word));
    for (const word of words) taken.add(word);
    return words.length > 0;
  });
}

function sharedWords(words: string, text: string): string[] {
  const said = new Set(longWords(text, SIGNIFICANT_LETTERS));
  return longWords(words, SIGNIFICANT_LETTERS).filter((word) => said.has(word) && !FILLERS.has(word));
}
