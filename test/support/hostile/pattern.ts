/** A regular expression as a tree: as much of JavaScript's as anyone here writes. */
export type Pattern =
  | { kind: "any"; of: readonly Pattern[] }
  | { kind: "all"; of: readonly Pattern[] }
  | { kind: "repeat"; of: Pattern; min: number; max: number; lazy: boolean }
  | { kind: "look"; of: Pattern; behind: boolean; negative: boolean }
  | { kind: "edge"; source: string }
  | { kind: "char"; test: RegExp };

const PREFIXES: readonly (readonly [string, { behind: boolean; negative: boolean } | undefined])[] = [
  ["?<=", { behind: true, negative: false }],
  ["?<!", { behind: true, negative: true }],
  ["?=", { behind: false, negative: false }],
  ["?!", { behind: false, negative: true }],
  ["?:", undefined],
];

const ATOM =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|.)|\[(?:\\.|[^\]\\])*\]|./sy;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y;
const EDGES: ReadonlySet<string> = new Set(["^", "$", "\\b", "\\B"]);

/** @throws Error for what it does not know, so that nothing passes unseen. */
export function parsePattern({ source, flags }: RegExp): Pattern {
  let at = 0;
  const take = (text: string): boolean => {
    if (!source.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };
  const sticky = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) at = pattern.lastIndex;
    return match;
  };

  const group = (): Pattern => {
    const prefix = PREFIXES.find(([text]) => take(text));
    if (!prefix) sticky(/\?<\w+>/y);
    const of = alternatives();
    if (!take(")")) throw new Error(`no end of a group: ${source}`);
    return prefix?.[1] ? { kind: "look", of, ...prefix[1] } : of;
  };

  const atom = (): Pattern => {
    if (take("(")) return group();
    const [text] = sticky(ATOM)!;
    if (EDGES.has(text)) return { kind: "edge", source: text };
    if (/^\\[1-9k]/.test(text)) throw new Error(`a reference back: ${source}`);
    return { kind: "char", test: new RegExp(`^(?:${text})$`, flags.replace(/[gymd]/g, "")) };
  };

  const repeated = (): Pattern => {
    const of = atom();
    const match = sticky(QUANTIFIER);
    if (!match) return of;
    const [, mark, least, comma, most, lazy] = match;
    const min = mark === undefined ? Number(least) : mark === "+" ? 1 : 0;
    const max = mark === undefined ? Number(comma ? most || Infinity : least) : mark === "?" ? 1 : Infinity;
    return { kind: "repeat", of, min, max, lazy: lazy === "?" };
  };

  function alternatives(): Pattern {
    const of: Pattern[] = [];
    do {
      const all: Pattern[] = [];
      while (at < source.length && source[at] !== "|" && source[at] !== ")") all.push(repeated());
      of.push({ kind: "all", of: all });
    } while (take("|"));
    return of.length === 1 ? of[0]! : { kind: "any", of };
  }

  const whole = alternatives();
  if (at < source.length) throw new Error(`read to ${at} only: ${source}`);
  return whole;
}
