import { llamaDialect } from "./prompt/llama-body.ts";

/** Source: Meta, Llama 2 prompt format. */
export const llama2 = llamaDialect({
  name: "llama2",
  template: {
    system: { open: "<<SYS>>\n", close: "\n<</SYS>>\n\n" },
    systemInUser: true,
    user: { open: "<s>[INST] ", close: " [/INST]" },
    assistant: { open: "", lead: " ", close: " </s>" },
  },
  controlTokens: ["<s>", "</s>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"],
  endTokens: ["</s>"],
  traits: { maxOutputTokens: 2048 },
});
