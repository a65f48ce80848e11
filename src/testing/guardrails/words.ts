/**
 * What the emulator finds harmful, by words alone: whole words, whatever their case, with a plural or a verb's ending.
 * One row: `category | words | mild words, each with its severity`.
 */
const ROWS = `
HATE | hate | despise .4
INSULTS | stupid, idiot | damn .2
SEXUAL | sex, porn | nude .4
VIOLENCE | kill, violence | fight .4
MISCONDUCT | steal, bomb | cheat .2
JAILBREAK | pretend you have no rules, developer mode | no restrictions .4
PROMPT_INJECTION | ignore previous instructions, ignore all previous instructions | new instructions .2
PROMPT_LEAKAGE | reveal your system prompt, repeat your instructions | system prompt .4
INVESTMENT_ADVICE | investment advice, which stocks should I buy |
`;

/** What words can be, in AWS's names; the last is the one topic that the guardrails deny. */
export type Harm =
  | "HATE"
  | "INSULTS"
  | "SEXUAL"
  | "VIOLENCE"
  | "MISCONDUCT"
  | "JAILBREAK"
  | "PROMPT_INJECTION"
  | "PROMPT_LEAKAGE"
  | "INVESTMENT_ADVICE";

interface Row {
  words: RegExp;
  mild: readonly { words: RegExp; severity: number }[];
}

const TABLE: ReadonlyMap<string, Row> = new Map(ROWS.trim().split("\n").map(parseRow));

/** How bad it is to say so once, twice, three times. */
const SEVERITIES = [0, 0.6, 0.8, 1] as const;

/** How much of a harm a text holds: 0, .2, .4, .6, .8 or 1. */
export function severityOf(harm: Harm, text: string): number {
  const row = TABLE.get(harm);
  if (!row) return 0;
  const hits = Math.min(text.match(row.words)?.length ?? 0, SEVERITIES.length - 1);
  const mild = row.mild.filter(({ words }) => text.search(words) >= 0).map(({ severity }) => severity);
  return Math.max(SEVERITIES[hits] ?? 0, ...mild);
}

function parseRow(line: string): [harm: string, row: Row] {
  const [harm = "", words = "", mild = ""] = line.split("|").map((cell) => cell.trim());
  return [harm, { words: anyOf(words), mild: mild.split(", ").filter(Boolean).map(parseMild) }];
}

function parseMild(cell: string): Row["mild"][number] {
  const at = cell.lastIndexOf(" ");
  return { words: anyOf(cell.slice(0, at)), severity: Number(cell.slice(at + 1)) };
}

function anyOf(words: string): RegExp {
  const alternatives = words.split(", ").map((phrase) => phrase.replaceAll(" ", "\\s+"));
  return new RegExp(`(?<![\\p{L}\\d])(?:${alternatives.join("|")})(?:e?s|e?d|ing)?(?![\\p{L}\\d])`, "giu");
}
