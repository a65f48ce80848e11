import type { Target } from "../../bedrock/models/target.ts";
import type { CallContext } from "../../context.ts";
import { type Ask, ask, type Explanation } from "../ask.ts";
import type { Decoded } from "../decoded.ts";
import { toPromptNote } from "./prompt-terms.ts";

/** The asks of one request: one for each prompt, `n` choices each. */
export interface Asks {
  /** The ask of a choice: `n` choices of the first prompt come first, as OpenAI orders them. */
  of(choice: number): Ask;
  /** Of one prompt its explanation, of several a list of theirs: of as many as tell how the others would be sent. */
  explain(): Explanation | Explanation[];
  /** Hands what was adjusted for any prompt to the call, each note once. */
  tellAdjustments(): void;
}

/** Every explanation is the whole body once more. */
const MAX_EXPLAINED = 8;

export function askEach(
  context: CallContext,
  target: Target,
  { stream, n }: { stream: boolean; n: number },
  decoded: readonly Decoded[],
): Asks {
  // An ask that learns writes its notes anew, and may not take away those of the others.
  const contexts = decoded.map(() => ({ ...context, adjustments: [] }) satisfies CallContext);
  const asks = decoded.map((each, index) => ask(contexts[index]!, target, stream, each));
  return {
    of: (choice) => asks[Math.floor(choice / n)]!,
    explain() {
      const explained = asks.slice(0, MAX_EXPLAINED).map(explainPrompt);
      return explained.length === 1 ? explained[0]! : explained;
    },
    tellAdjustments() {
      const notes = contexts.flatMap(({ adjustments }) => adjustments.map(toPromptNote));
      const told = new Map(notes.map((note) => [JSON.stringify(note), note]));
      context.adjustments.push(...told.values());
    },
  };
}

function explainPrompt(asked: Ask): Explanation {
  const { target, request, adjustments } = asked.explain();
  return { target, request, adjustments: adjustments.map(toPromptNote) };
}
