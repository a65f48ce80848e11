import type { Template, Turns } from "./template.ts";

const BEGIN = "<s>";
const OPEN = "[INST]";
const CLOSE = "[/INST]";
const END = "</s>";
const SYSTEM = /^\s*<<SYS>>\n([^]*?)\n<<\/SYS>>\n\n/;

/** `<s>[INST] … [/INST] …</s>[INST] … [/INST]`: Mistral, and with `<<SYS>>` and a `<s>` before each turn Llama 2. */
export const INSTRUCTIONS: Template = {
  recognizes: (prompt) => prompt.includes(OPEN),
  read: (prompt) => {
    if (!prompt.startsWith(BEGIN)) return `it does not begin with ${BEGIN}`;
    const [before = "", ...parts] = prompt.slice(BEGIN.length).split(OPEN);
    if (before.trim() !== "" || parts.length === 0) return `no ${OPEN} after ${BEGIN}`;
    return readParts(parts);
  },
};

function readParts(parts: readonly string[]): Turns | string {
  const last = parts.length - 1;
  const turns: Turns["turns"] = [];
  for (const [index, part] of parts.entries()) {
    const [asked = "", answered, ...more] = part.split(CLOSE);
    if (answered === undefined) return `an ${OPEN} is not closed by ${CLOSE}`;
    if (more.length > 0) return `${CLOSE} stands there twice`;
    const ended = answered.includes(END);
    if (index < last && !ended) return `an answer does not end with ${END}`;
    if (index === last && ended) return `it does not end with ${CLOSE}`;
    turns.push({ role: "user", text: asked.trim() });
    const answer = (answered.split(END)[0] ?? "").trim();
    if (answer !== "") turns.push({ role: "assistant", text: answer });
  }
  return withSystem(turns);
}

function withSystem([first, ...rest]: Turns["turns"]): Turns {
  const text = first?.text ?? "";
  const system = SYSTEM.exec(`${text}`)?.[1];
  return {
    ...(system !== undefined && { system }),
    turns: [{ role: "user", text: text.replace(SYSTEM, "") }, ...rest],
  };
}
