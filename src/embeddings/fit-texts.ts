import type { ContentBlock } from "../conversation/types.ts";
import type { Notes } from "../reception/notes.ts";
import type { EmbeddingFamily, Input, Settings } from "./family.ts";
import { invalidInput } from "./invalid-input.ts";

/**
 * Inputs with texts that their family takes.
 * @throws BedrockOpenAIError 400 for one that is too long and not to be cut.
 */
export function fitTexts(
  inputs: readonly Input[],
  family: EmbeddingFamily,
  settings: Settings,
  notes: Notes,
): Input[] {
  return inputs.map((input) => {
    const filled = family.refusesBlank ? withoutBlank(input, notes) : input;
    return isTooLong(filled, family) ? cut(filled, family, settings, notes) : filled;
  });
}

/** One blank text in a list is not worth refusing the list: what is sent in its place means as little. */
function withoutBlank(input: Input, notes: Notes): Input {
  if (!input.pieces.some(isBlank)) return input;
  notes.note(input.at, "emulated", "This model refuses blank text; a full stop was embedded instead.");
  return withTexts(input, (text) => (text.trim() === "" ? "." : text));
}

const isBlank = ({ text }: ContentBlock): boolean => text?.trim() === "";

const isTooLong = ({ pieces }: Input, { maxChars = Infinity }: EmbeddingFamily): boolean =>
  pieces.some(({ text = "" }) => text.length > maxChars);

/** The model's own way of cutting counts tokens, and comes after a bound on characters that it does not cut at. */
function cut(
  input: Input,
  { maxChars: max = 0, parameters }: EmbeddingFamily,
  { own }: Settings,
  notes: Notes,
): Input {
  if (!parameters.includes("truncate") || own["truncate"] === "NONE")
    throw invalidInput(
      input.at,
      `this model takes ${max} characters and it has more`,
      "string_above_max_length",
    );
  const fromStart = own["truncate"] === "START";
  notes.note(
    input.at,
    "clamped",
    `This model takes ${max} characters; the ${fromStart ? "start" : "end"} was cut.`,
  );
  // Half of a character is left to nobody.
  return withTexts(input, (text) =>
    fromStart
      ? text.slice(-max).replace(/^[\udc00-\udfff]/, "")
      : text.slice(0, max).replace(/[\ud800-\udbff]$/, ""),
  );
}

const withTexts = (input: Input, change: (text: string) => string): Input => ({
  ...input,
  pieces: input.pieces.map((piece) => (piece.text === undefined ? piece : { text: change(piece.text) })),
});
