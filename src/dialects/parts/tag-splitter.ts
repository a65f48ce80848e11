/** A stretch of an answer: what the model says, or what it thought before. */
export interface Piece {
  kind: "text" | "reasoning";
  text: string;
}

/** What encloses the thoughts that an answer begins with. */
export interface TagPair {
  open: string;
  close: string;
  /** The prompt has opened the tag already; that the answer opens it again does no harm. */
  opened?: boolean;
}

export interface TagSplitter {
  push(text: string): Piece[];
  /** What was held back because it might have become a tag. */
  end(): Piece[];
}

/** Before the answer shows how it begins, within the thoughts and after them; line ends at a border belong to the tag. */
type Phase = "start" | "opening" | "inside" | "closing" | "outside";

/**
 * Tells the thoughts at the start of an answer from the answer, also where a tag is torn over chunks. Only the start
 * counts: a tag that comes later is text. Holds back what may yet become a tag and no more; linear time.
 */
export function createTagSplitter({ open, close, opened = false }: TagPair): TagSplitter {
  const first: Piece["kind"] = opened ? "reasoning" : "text";
  let phase: Phase = "start";
  /** Blanks before the first word: apart from the rest, so that they are looked at once. */
  let blanks = "";
  let held = "";

  /** Each takes what it can decide from `held`, and has moved on when it took a border. */
  const phases: Readonly<Record<Phase, () => Piece[]>> = {
    start() {
      const word = held.trimStart();
      blanks += held.slice(0, held.length - word.length);
      held = word;
      if (word.startsWith(open)) {
        held = word.slice(open.length);
        phase = "opening";
      } else if (!open.startsWith(word)) {
        held = blanks + word;
        phase = opened ? "opening" : "outside";
      }
      return [];
    },
    opening() {
      return withoutLineEnds("inside");
    },
    inside() {
      const end = held.indexOf(close);
      if (end < 0) return take(held.length - tornLength(held, close), "reasoning");
      const thoughts = take(end, "reasoning");
      held = held.slice(close.length);
      phase = "closing";
      return thoughts;
    },
    closing() {
      return withoutLineEnds("outside");
    },
    outside() {
      return take(held.length, "text");
    },
  };

  const take = (length: number, kind: Piece["kind"]): Piece[] => {
    const text = held.slice(0, length);
    held = held.slice(length);
    return text === "" ? [] : [{ kind, text }];
  };
  const withoutLineEnds = (next: Phase): Piece[] => {
    held = held.replace(/^[\r\n]+/, "");
    if (held !== "") phase = next;
    return [];
  };

  return {
    push(text) {
      held += text;
      const pieces: Piece[] = [];
      for (let before: Phase | undefined; before !== phase;) {
        before = phase;
        for (const piece of phases[phase]()) pieces.push(piece);
      }
      return pieces;
    },
    end() {
      if (phase === "start") held = blanks + held;
      return take(held.length, phase === "start" ? first : "reasoning");
    },
  };
}

/** How much of the end of a text may be the beginning of a tag. */
export function tornLength(text: string, tag: string): number {
  let length = Math.min(text.length, tag.length - 1);
  while (length > 0 && !text.endsWith(tag.slice(0, length))) length -= 1;
  return length;
}
