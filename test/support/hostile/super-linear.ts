import { parsePattern, type Pattern } from "./pattern.ts";
import { TOO_MUCH, workOf } from "./pattern-work.ts";

/** A text that costs a pattern more than its length. */
export interface SuperLinear {
  prefix: string;
  pump: string;
  suffix: string;
}

/** A few of every kind that patterns tell apart. */
const ALPHABET = [..."aA0-_.:/ \n\t\"'<>[]{}()=+*,;#@!%&|\\^$~`?\u0000\u00e9xzfFtTsSrReE9128"];

/** Of every place of a pattern, in their order, two of the characters that may stand there. */
function placesOf(node: Pattern): string[][] {
  switch (node.kind) {
    case "char":
      return [ALPHABET.filter((char) => node.test.test(char)).slice(0, 2)];
    case "edge":
      return [];
    case "look":
    case "repeat":
      return placesOf(node.of);
    default:
      return node.of.flatMap(placesOf);
  }
}

/** Without a repetition that may go on for ever, a pattern does as much at every place as at any other. */
function isEndless(node: Pattern): boolean {
  if (node.kind === "all" || node.kind === "any") return node.of.some(isEndless);
  if (node.kind === "repeat") return node.max > MANY || isEndless(node.of);
  return node.kind === "look" && isEndless(node.of);
}

/** As good as endless. */
const MANY = 200;

const SUFFIXES = ["", "\u0001", "\n"];
const MAX_PUMPS = 30;
const MAX_PREFIXES = 10;
const MAX_PUMP = 4;

/** Half as much and as much; where the work is linear, it is twice as much too, and four times where it is quadratic. */
const TIMES = 40;
const BOUND = 2.7;
/** Of less there is nothing to tell. */
const LEAST = 300;

/**
 * Looks for a text that makes a pattern work more than in proportion to its length: what may stand at its places, one by one and
 * in a row, again and again, with an end that does not match.
 */
export function superLinear(pattern: RegExp): SuperLinear | undefined {
  const tree = parsePattern(pattern);
  if (!isEndless(tree)) return undefined;
  const places = placesOf(tree).filter((chars) => chars.length > 0);
  const chars = places.map(([char]) => char!);
  const rows = chars.flatMap((_, at) =>
    Array.from({ length: MAX_PUMP - 1 }, (_, more) => chars.slice(at, at + more + 2).join("")),
  );
  const pumps = [...new Set([...places.flat(), ...rows])].slice(0, MAX_PUMPS);
  const prefixes = [...new Set(chars.map((_, at) => chars.slice(0, at).join("")))].slice(0, MAX_PREFIXES);
  const work = (text: string): number => workOf(tree, text, pattern.multiline);
  for (const pump of pumps)
    for (const prefix of prefixes.length > 0 ? prefixes : [""])
      for (const suffix of SUFFIXES) {
        const half = work(prefix + pump.repeat(TIMES) + suffix);
        if (half < LEAST) continue;
        const whole = work(prefix + pump.repeat(2 * TIMES) + suffix);
        if (whole >= TOO_MUCH || whole / half > BOUND) return { prefix, pump, suffix };
      }
  return undefined;
}
