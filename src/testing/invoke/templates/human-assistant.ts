import type { Template, Turns } from "./template.ts";

const TURN = /\n\n(Human|Assistant):/g;

/** `system\n\nHuman: …\n\nAssistant: …`, ending with the assistant's turn, which may have begun. */
export const HUMAN_ASSISTANT: Template = {
  recognizes: (prompt) => prompt.includes("\n\nHuman:"),
  read: (prompt) => {
    const marks = [...prompt.matchAll(TURN)];
    if (marks[0]?.[1] !== "Human") return "it does not start with a Human turn";
    if (marks.at(-1)?.[1] !== "Assistant") return "it does not end with an Assistant turn";
    return { system: prompt.slice(0, marks[0].index).trim(), turns: turnsOf(prompt, marks) };
  },
};

function turnsOf(prompt: string, marks: readonly RegExpExecArray[]): Turns["turns"] {
  return marks.flatMap((mark, index) => {
    const text = prompt.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    const role = mark[1] === "Human" ? "user" : "assistant";
    return text === "" && index === marks.length - 1 ? [] : [{ role, text }];
  });
}
