import type { Template, Turns } from "./template.ts";

const BEGIN = "<｜begin▁of▁sentence｜>";
const USER = "<｜User｜>";
const ASSISTANT = "<｜Assistant｜>";
const END = "<｜end▁of▁sentence｜>";
const THINK = /<think>\n?$/;

/** `<｜begin▁of▁sentence｜>system<｜User｜>…<｜Assistant｜>…<｜end▁of▁sentence｜><｜User｜>…<｜Assistant｜><think>\n` */
export const DEEPSEEK: Template = {
  recognizes: (prompt) => prompt.includes(USER) || prompt.includes(ASSISTANT),
  read: (prompt) => {
    if (!prompt.startsWith(BEGIN)) return `it does not begin with ${BEGIN}`;
    const [system = "", ...parts] = prompt.slice(BEGIN.length).replace(THINK, "").split(USER);
    if (parts.length === 0) return `it has no ${USER}`;
    const turns = readParts(parts);
    return typeof turns === "string" ? turns : { system, turns };
  },
};

/** Whether the answer begins in the middle of a thought. */
export function opensThought(prompt: string): boolean {
  return THINK.test(prompt);
}

function readParts(parts: readonly string[]): Turns["turns"] | string {
  const last = parts.length - 1;
  const turns: Turns["turns"] = [];
  for (const [index, part] of parts.entries()) {
    const [asked = "", answered] = part.split(ASSISTANT);
    if (answered === undefined) return `it does not end with ${ASSISTANT}`;
    const ended = answered.includes(END);
    if (index < last && !ended) return `an answer does not end with ${END}`;
    if (index === last && ended) return `it does not end with ${ASSISTANT}`;
    turns.push({ role: "user", text: asked });
    const answer = answered.split(END)[0] ?? "";
    if (answer !== "") turns.push({ role: "assistant", text: answer });
  }
  return turns;
}
