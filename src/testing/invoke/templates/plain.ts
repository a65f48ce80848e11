import type { Template, Turns } from "./template.ts";

const SPEAKER = /(?:^|\n+)(User|Human|Bot|Assistant|Chatbot):[ \t]?/g;
const USERS = new Set(["User", "Human"]);

/**
 * A prompt without control tokens. It is read as turns when it has speakers and leaves the last word to the model
 * (`User: …\nBot:`), else it is all the user's.
 */
export const PLAIN: Template = {
  recognizes: () => true,
  read: (prompt) => {
    const marks = [...prompt.matchAll(SPEAKER)];
    const last = marks.at(-1);
    if (marks.length < 2 || !last || USERS.has(last[1] ?? ""))
      return { turns: [{ role: "user", text: prompt }] };
    return { system: prompt.slice(0, marks[0]?.index).trim(), turns: turnsOf(prompt, marks) };
  },
};

function turnsOf(prompt: string, marks: readonly RegExpExecArray[]): Turns["turns"] {
  return marks.flatMap((mark, index) => {
    const text = prompt.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    const role = USERS.has(mark[1] ?? "") ? "user" : "assistant";
    return text === "" && index === marks.length - 1 ? [] : [{ role, text }];
  });
}
