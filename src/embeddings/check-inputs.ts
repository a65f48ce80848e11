import type { ContentBlock } from "../conversation/types.ts";
import type { Notes } from "../reception/notes.ts";
import type { EmbeddingFamily, Input, Settings } from "./family.ts";
import { invalidInput } from "./invalid-input.ts";
import { kindOf } from "./pieces.ts";

/**
 * Inputs as their family takes them.
 * @throws BedrockOpenAIError 400 for content that the family does not embed.
 */
export function checkInputs(
  inputs: readonly Input[],
  family: EmbeddingFamily,
  settings: Settings,
  notes: Notes,
): Input[] {
  return inputs.map((input) => {
    refuseForeign(input, family);
    const filled = family.refusesBlank ? withoutBlank(input, notes) : input;
    return family.maxChars === undefined ? filled : cut(filled, family.maxChars, settings, notes);
  });
}

function refuseForeign({ pieces, at }: Input, { takes, fuses }: EmbeddingFamily): void {
  const kinds = pieces.map(kindOf);
  const foreign = kinds.find((kind) => !takes.includes(kind));
  if (foreign) throw invalidInput(at, `this model does not embed ${foreign}`, "unsupported_value");
  if (pieces.length > 1 && !fuses)
    throw invalidInput(at, "this model makes a vector of one piece only", "unsupported_value");
}

/** One blank text in a list is not worth refusing the list: what is sent in its place means as little. */
function withoutBlank(input: Input, notes: Notes): Input {
  if (!input.pieces.some(isBlank)) return input;
  notes.note(input.at, "emulated", "This model refuses blank text; a full stop was embedded instead.");
  return withTexts(input, (text) => (text.trim() === "" ? "." : text));
}

const isBlank = ({ text }: ContentBlock): boolean => text?.trim() === "";

/** The model's own way of cutting counts tokens, and comes after a bound on characters that it does not cut at. */
function cut(input: Input, max: number, { own }: Settings, notes: Notes): Input {
  const longest = Math.max(...input.pieces.map(({ text = "" }) => text.length));
  if (longest <= max) return input;
  if (own["truncate"] === "NONE")
    throw invalidInput(
      input.at,
      `this model takes ${max} characters and it has ${longest}`,
      "string_above_max_length",
    );
  const fromStart = own["truncate"] === "START";
  notes.note(
    input.at,
    "clamped",
    `This model takes ${max} characters; the ${fromStart ? "start" : "end"} was cut.`,
  );
  return withTexts(input, (text) => (fromStart ? text.slice(-max) : text.slice(0, max)));
}

const withTexts = (input: Input, change: (text: string) => string): Input => ({
  ...input,
  pieces: input.pieces.map((piece) => (piece.text === undefined ? piece : { text: change(piece.text) })),
});
