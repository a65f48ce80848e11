import type { Conversation } from "../../conversation/types.ts";
import { toPrompt } from "./template.ts";
import { turnsOf } from "./turns.ts";

/** How a family that has no template of its own is told who speaks. */
export interface Speakers {
  user: string;
  assistant: string;
}

/** What would begin a turn in the words of a text. */
export const speakerTokens = ({ user, assistant }: Speakers): string[] => [`\n${user}:`, `\n${assistant}:`];

/** A lone question as it is; of several turns each is said to be somebody's, and the model's is the next. */
export function plainPrompt(conversation: Conversation, speakers: Speakers): string {
  const turns = turnsOf(conversation, { controlTokens: speakerTokens(speakers) });
  const [only] = turns;
  if (only?.role === "user" && turns.length === 1) return only.text;
  const { user, assistant } = speakers;
  return toPrompt(turns, {
    system: { open: "", close: "\n" },
    user: { open: `${user}: `, close: "\n" },
    assistant: { open: `${assistant}:`, lead: " ", close: "\n" },
  });
}
