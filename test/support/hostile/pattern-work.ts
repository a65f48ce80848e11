import type { Pattern } from "./pattern.ts";

/** More than that is too much, and is not counted on. */
export const TOO_MUCH = 3_000_000;

/** What remains to be matched: continuations instead of a stack of states, as backtracking engines have it. */
type Next = (at: number) => boolean;

/** Characters that a pattern can match at the most. */
function longest(node: Pattern): number {
  switch (node.kind) {
    case "char":
      return 1;
    case "all":
      return node.of.reduce((sum, each) => sum + longest(each), 0);
    case "any":
      return Math.max(...node.of.map(longest));
    case "repeat":
      return node.max * longest(node.of) || 0;
    default:
      return 0;
  }
}

class Exhausted extends Error {}

/**
 * The steps that a backtracking engine takes to search a text: of every start, until something matches. A count and not a
 * time, and so the same on every machine.
 */
export function workOf(pattern: Pattern, text: string, multiline = false): number {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps > TOO_MUCH) throw new Exhausted();
  };

  const isWord = (at: number): boolean => /\w/.test(text[at] ?? "");
  const isEdge = (source: string, at: number): boolean => {
    if (source === "^") return at === 0 || (multiline && text[at - 1] === "\n");
    if (source === "$") return at === text.length || (multiline && text[at] === "\n");
    return (isWord(at - 1) !== isWord(at)) === (source === "\\b");
  };

  const match = (node: Pattern, at: number, next: Next): boolean => {
    step();
    switch (node.kind) {
      case "char":
        return at < text.length && node.test.test(text[at]!) && next(at + 1);
      case "edge":
        return isEdge(node.source, at) && next(at);
      case "any":
        return node.of.some((each) => match(each, at, next));
      case "all":
        return sequence(node.of, 0, at, next);
      case "look":
        return looks(node, at) !== node.negative && next(at);
      case "repeat":
        return node.of.kind === "char" ? run(node, node.of.test, at, next) : repeat(node, 0, at, next);
    }
  };

  const sequence = (of: readonly Pattern[], index: number, at: number, next: Next): boolean =>
    index === of.length ? next(at) : match(of[index]!, at, (then) => sequence(of, index + 1, then, next));

  const looks = ({ of, behind }: Pattern & { kind: "look" }, at: number): boolean => {
    if (!behind) return match(of, at, () => true);
    const first = Math.max(0, at - longest(of));
    for (let start = at; start >= first; start -= 1) if (match(of, start, (end) => end === at)) return true;
    return false;
  };

  /** A list of its own: a run of one character is as long as the text. */
  const run = (
    { min, max, lazy }: Pattern & { kind: "repeat" },
    test: RegExp,
    at: number,
    next: Next,
  ): boolean => {
    let end = at;
    const grow = (): boolean => {
      step();
      if (end - at >= max || end >= text.length || !test.test(text[end]!)) return false;
      end += 1;
      return true;
    };
    if (lazy) {
      while (end - at < min) if (!grow()) return false;
      for (;;) {
        if (next(end)) return true;
        if (!grow()) return false;
      }
    }
    while (grow());
    for (; end - at >= min; end -= 1) {
      step();
      if (next(end)) return true;
    }
    return false;
  };

  const repeat = (node: Pattern & { kind: "repeat" }, count: number, at: number, next: Next): boolean => {
    const more = (): boolean =>
      count < node.max &&
      match(node.of, at, (then) => (then > at || count < node.min) && repeat(node, count + 1, then, next));
    if (count < node.min) return more();
    return node.lazy ? next(at) || more() : more() || next(at);
  };

  try {
    for (let start = 0; start <= text.length; start += 1) if (match(pattern, start, () => true)) break;
    return steps;
  } catch (error) {
    // Also a repetition that goes deeper than the stack is one that goes on and on.
    if (error instanceof Exhausted || error instanceof RangeError) return TOO_MUCH;
    throw error;
  }
}
