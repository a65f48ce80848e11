import type { Template, Turns } from "./template.ts";

interface Tokens {
  /** Before everything. */
  begin: string;
  /** Around the role. */
  open: string;
  close: string;
  /** Between the role and the text. */
  gap: string;
  /** After the text. */
  end: string;
}

const ROLES: Readonly<Record<string, "system" | "user" | "assistant">> = {
  system: "system",
  user: "user",
  ipython: "user",
  tool: "user",
  assistant: "assistant",
};

/** Llama 3.x. */
export const LLAMA_3 = headerTemplate({
  begin: "<|begin_of_text|>",
  open: "<|start_header_id|>",
  close: "<|end_header_id|>",
  gap: "\n\n",
  end: "<|eot_id|>",
});

/** Llama 4. */
export const LLAMA_4 = headerTemplate({
  begin: "<|begin_of_text|>",
  open: "<|header_start|>",
  close: "<|header_end|>",
  gap: "\n\n",
  end: "<|eot|>",
});

/** ChatML: Qwen. */
export const CHAT_ML = headerTemplate({
  begin: "",
  open: "<|im_start|>",
  close: "\n",
  gap: "",
  end: "<|im_end|>",
});

/** Each turn has a header with its role; the prompt ends with the header of the answer. */
function headerTemplate(tokens: Tokens): Template {
  const { begin, open } = tokens;
  return {
    recognizes: (prompt) => prompt.includes(open),
    read: (prompt) => {
      if (!prompt.startsWith(begin)) return `it does not begin with ${begin}`;
      const [before = "", ...parts] = prompt.slice(begin.length).split(open);
      if (before.trim() !== "" || parts.length === 0) return `no ${open} after the beginning`;
      if (begin && parts.some((part) => part.includes(begin))) return `${begin} stands there twice`;
      return readParts(parts, tokens);
    },
  };
}

function readParts(parts: readonly string[], tokens: Tokens): Turns | string {
  const read = parts.map((part) => readPart(part, tokens));
  const problem = read.find((part) => typeof part === "string");
  if (problem !== undefined) return problem;
  const turns = read.filter((part) => typeof part !== "string");
  const last = turns.at(-1);
  if (last?.role !== "assistant" || last.ended) return "it does not end with the assistant's header";
  if (turns.slice(0, -1).some(({ ended }) => !ended)) return `a turn does not end with ${tokens.end}`;
  return {
    system: turns.flatMap(({ role, text }) => (role === "system" ? text : [])).join("\n"),
    turns: turns.flatMap(({ role, text }, index) =>
      role === "system" || (text === "" && index === turns.length - 1) ? [] : [{ role, text }],
    ),
  };
}

interface Part {
  role: "system" | "user" | "assistant";
  text: string;
  ended: boolean;
}

function readPart(part: string, { close, gap, end }: Tokens): Part | string {
  const at = part.indexOf(close);
  const name = part.slice(0, Math.max(0, at));
  const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
  if (!role) return `nobody is called "${name.slice(0, 40)}"`;
  const rest = part.slice(at + close.length);
  if (!rest.startsWith(gap)) return "a header has no empty line after it";
  const [text = "", outside] = rest.slice(gap.length).split(end);
  if (outside?.trim()) return `there is text after ${end}`;
  return { role, text: outside === undefined ? text : text.trim(), ended: outside !== undefined };
}
