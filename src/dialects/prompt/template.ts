import type { Turn } from "./turns.ts";

/** What a prompt puts before and after the words of a turn. */
export interface Frame {
  open: string;
  /** Between the opening and the words, and left out where the model is to find the words. */
  lead?: string;
  close: string;
}

/** How a family writes a conversation as one text. */
export interface Template {
  begin?: string;
  system: Frame;
  user: Frame;
  assistant: Frame;
  /** The system prompt stands within the first turn of the user. */
  systemInUser?: boolean;
  /** Follows the opening of the answer that is asked for. */
  answer?: string;
}

/** The prompt: the last turn is the model's, begun where the conversation ends on its words, else only opened. */
export function toPrompt(turns: readonly Turn[], template: Template): string {
  const { begin = "", assistant, answer = "" } = template;
  const spoken = template.systemInUser ? withSystemInUser(turns, template) : turns;
  const last = spoken.at(-1);
  const isBegun = last?.role === "assistant";
  const before = (isBegun ? spoken.slice(0, -1) : spoken).map(({ role, text }) => {
    const { open, lead = "", close } = template[role];
    return open + lead + text + close;
  });
  const started = isBegun ? (assistant.lead ?? "") + last.text : answer;
  return begin + before.join("") + assistant.open + started;
}

function withSystemInUser(turns: readonly Turn[], { system: { open, close } }: Template): readonly Turn[] {
  const [system, first, ...rest] = turns;
  if (system?.role !== "system" || !first) return turns;
  return [{ role: first.role, text: open + system.text + close + first.text }, ...rest];
}
