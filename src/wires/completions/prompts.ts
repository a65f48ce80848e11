import { invalidRequest } from "../../errors.ts";
import type { Prompt } from "../../openai/prompt.ts";
import { decodeTokens, type DecodeTokensOptions, type Tokens } from "../../tokens/decode-tokens.ts";

/** One text to continue, and the parameter that it stands in. */
export interface PromptText {
  text: string;
  at: string;
}

/**
 * The texts that a `prompt` holds, in its order.
 * @throws BedrockOpenAIError 400 for a text that no model continues, and for token ids that cannot be read.
 */
export async function promptTexts(prompt: Prompt, options: DecodeTokensOptions): Promise<PromptText[]> {
  const given = listed(prompt);
  const tokens = given.flatMap(({ value, at }): Tokens[] =>
    typeof value === "string" ? [] : [{ ids: value, at }],
  );
  // A prompt is all text or all token ids.
  const decoded = await decodeTokens(tokens, options);
  const texts = given.map(({ value, at }, index) => ({
    text: typeof value === "string" ? value : (decoded[index] ?? ""),
    at,
  }));
  const blank = texts.find(({ text }) => text.trim() === "");
  if (blank) {
    throw invalidRequest(
      `Invalid '${blank.at}': blank text. A prompt is needed that the model can continue.`,
      { code: "invalid_value", param: blank.at },
    );
  }
  return texts;
}

interface Given {
  value: string | number[];
  at: string;
}

function listed(prompt: Prompt): Given[] {
  if (typeof prompt === "string") return [{ value: prompt, at: "prompt" }];
  if (typeof prompt[0] === "number") return [{ value: prompt as number[], at: "prompt" }];
  return (prompt as (string | number[])[]).map((value, index) => ({ value, at: `prompt[${index}]` }));
}
