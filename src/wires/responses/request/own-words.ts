import { BedrockOpenAIError } from "../../../errors.ts";
import { reworded } from "../../../flow/reworded.ts";

/** What chat calls a parameter, where the Responses API calls it otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  messages: "input",
  max_completion_tokens: "max_output_tokens",
  response_format: "text.format",
  reasoning_effort: "reasoning.effort",
};

/** Members that are nested in chat alone. */
const NESTED: readonly (readonly [RegExp, string])[] = [
  [/\.image_url\.(url|format)$/, ".image_url"],
  [/\.image_url\.detail$/, ".detail"],
  [/\.file\.(file_data|file_url|file_id)$/, ".$1"],
  [/\.tool_calls\[0\]\.function\.arguments$/, ".arguments"],
  [/^(.*tools\[\d+\])\.function\./, "$1."],
];

/** A parameter as the caller of the Responses API calls it. */
export const ownParam = (param: string): string =>
  NAMES[param] ?? NESTED.reduce((name, [chats, ours]) => name.replace(chats, ours), param);

/** An error that names a parameter, naming it as the caller does. */
export function errorInOwnWords(thrown: unknown): unknown {
  if (!BedrockOpenAIError.isInstance(thrown) || thrown.param === null) return thrown;
  // What is refused by its name is named as the caller wrote it.
  if (thrown.code === "unsupported_parameter") return thrown;
  const param = ownParam(thrown.param);
  if (param === thrown.param) return thrown;
  return reworded(thrown, { param, message: thrown.message.replaceAll(`'${thrown.param}'`, `'${param}'`) });
}
