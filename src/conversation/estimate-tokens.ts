import type { Conversation } from "./types.ts";

/** Letters of a token, over many languages and code rather too few than too many. */
const CHARS_PER_TOKEN = 3.5;

/** What vendors count for one picture or page at the most. */
const TOKENS_PER_FILE = 1_600;

type Counted = Pick<Conversation, "messages" | "system" | "toolConfig">;

/** How many tokens a conversation may be, for models that nobody counts for. Likelier too many than too few. */
export function estimateTokens({ messages, system = [], toolConfig }: Counted): number {
  let files = 0;
  const json = JSON.stringify([messages, system, toolConfig], (key, value: unknown) => {
    if (key !== "source" || typeof value !== "object") return value;
    files += 1;
    return (value as { text?: string } | null)?.text;
  });
  return Math.ceil(json.length / CHARS_PER_TOKEN) + files * TOKENS_PER_FILE;
}
