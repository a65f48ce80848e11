/** Prompts and bodies that each family accepts, asking "hello" unless told otherwise. */

export const llama3 = (text: string) =>
  "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>" +
  `<|start_header_id|>user<|end_header_id|>\n\n${text}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`;
export const llama4 = (text: string) =>
  `<|begin_of_text|><|header_start|>user<|header_end|>\n\n${text}<|eot|><|header_start|>assistant<|header_end|>\n\n`;
export const llama2 = (text: string) =>
  `<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi [/INST] Yes? </s><s>[INST] ${text} [/INST]`;
export const mistral = (text: string) => `<s>[INST] Hi [/INST] Yes?</s>[INST] ${text} [/INST]`;
export const chatMl = (text: string) => `<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n`;
export const deepSeek = (text: string) =>
  `<｜begin▁of▁sentence｜>Be brief.<｜User｜>${text}<｜Assistant｜><think>\n`;
export const human = (text: string) => `\n\nHuman: ${text}\n\nAssistant:`;

export const anthropic = (text: string, more: object = {}) => ({
  anthropic_version: "bedrock-2023-05-31",
  max_tokens: 2000,
  messages: [{ role: "user", content: text }],
  ...more,
});
export const nova = (text: string, more: object = {}) => ({
  schemaVersion: "messages-v1",
  messages: [{ role: "user", content: [{ text }] }],
  ...more,
});
export const chat = (text: string, more: object = {}) => ({
  messages: [{ role: "user", content: text }],
  ...more,
});

export const CITY = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
export const OPENAI_TOOLS = [{ type: "function", function: { name: "get_weather", parameters: CITY } }];

export const imported = (id: string) => `arn:aws:bedrock:us-east-1:123456789012:imported-model/${id}`;
