import { llamaDialect } from "./prompt/llama-body.ts";
import type { Frame } from "./prompt/template.ts";

const frame = (role: string): Frame => ({
  open: `<|header_start|>${role}<|header_end|>\n\n`,
  close: "<|eot|>",
});

/** Source: Meta, Llama 4 prompt format; the host makes patches of `<|image|>`. */
export const llama4 = llamaDialect({
  name: "llama4",
  template: {
    begin: "<|begin_of_text|>",
    system: frame("system"),
    user: frame("user"),
    assistant: frame("assistant"),
  },
  controlTokens: [
    "<|begin_of_text|>",
    "<|end_of_text|>",
    "<|header_start|>",
    "<|header_end|>",
    "<|eot|>",
    "<|eom|>",
    "<|python_start|>",
    "<|python_end|>",
    "<|image_start|>",
    "<|image_end|>",
    "<|image|>",
    "<|patch|>",
    "<|tile_x_separator|>",
    "<|tile_y_separator|>",
  ],
  endTokens: ["<|eot|>", "<|eom|>", "<|end_of_text|>"],
  image: "<|image|>",
  traits: { maxOutputTokens: 8192 },
});
