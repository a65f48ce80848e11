import type { ContentBlock, Conversation, Message } from "../../conversation/types.ts";
import { allWordsOf, PARAGRAPH } from "../parts/words.ts";

/** What one side says at a time, in one text. */
export interface Turn {
  role: Message["role"];
  text: string;
}

/** How texts are written into a prompt. */
export interface Marks {
  /** What marks turns in the prompt: `controlTokens` of the dialect's traits. */
  controlTokens?: readonly string[];
  /** Stands for a picture, in its place. */
  image?: string;
}

/** A conversation as turns of text, the system prompt first. */
export function turnsOf({ system, messages }: Conversation, marks: Marks): Turn[] {
  const said: Turn[] = messages.map(({ role, content }) => ({ role, text: told(content, marks) }));
  return system ? [{ role: "system", text: told(system, marks) }, ...said] : said;
}

/** The pictures of a conversation as base64, in the order of their marks. */
export const imagesOf = ({ messages }: Conversation): string[] =>
  messages.flatMap(({ content }) =>
    content.flatMap((block) => (block.image ?? block.guardContent?.image)?.source.bytes ?? []),
  );

/** Paragraphs between texts; a picture stands directly before the words that speak of it. */
function told(content: readonly ContentBlock[], { controlTokens = [], image = "" }: Marks): string {
  const parts: string[] = [];
  let paragraphs: string[] = [];
  const flush = (): void => {
    parts.push(brokenUp(paragraphs.join(PARAGRAPH), controlTokens));
    paragraphs = [];
  };
  for (const block of content) {
    const text = allWordsOf(block);
    if (text !== undefined) paragraphs.push(text);
    if (block.image ?? block.guardContent?.image) {
      flush();
      parts.push(image);
    }
  }
  flush();
  return parts.join("");
}

/** The fitting has looked at each text for itself; two of them may make a mark together. */
const brokenUp = (text: string, tokens: readonly string[]): string =>
  tokens.reduce((said, token) => said.replaceAll(token, `${token[0]} ${token.slice(1)}`), text);
