import { llamaDialect, type LlamaFamily } from "./prompt/llama-body.ts";
import type { Frame } from "./prompt/template.ts";

const frame = (role: string): Frame => ({
  open: `<|start_header_id|>${role}<|end_header_id|>\n\n`,
  close: "<|eot_id|>",
});

/** Source: Meta, Llama 3 and 3.2 prompt formats. */
const LLAMA_3: LlamaFamily = {
  name: "llama3",
  template: {
    begin: "<|begin_of_text|>",
    system: frame("system"),
    user: frame("user"),
    assistant: frame("assistant"),
  },
  controlTokens: [
    "<|begin_of_text|>",
    "<|end_of_text|>",
    "<|start_header_id|>",
    "<|end_header_id|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|python_tag|>",
    "<|image|>",
  ],
  endTokens: ["<|eot_id|>", "<|eom_id|>", "<|end_of_text|>"],
  image: "<|image|>",
};

export const llama3 = llamaDialect({ ...LLAMA_3, traits: { maxOutputTokens: 2048 } });

/** 3.1, 3.2 and 3.3; whether a model sees is told by its own traits. */
export const llama31 = llamaDialect({ ...LLAMA_3, traits: { maxOutputTokens: 8192 } });

/** An imported Llama: nobody knows its bound, and its prompt takes no pictures. */
export const importedLlama = llamaDialect({ ...LLAMA_3, name: "imported-llama", traits: { images: false } });
