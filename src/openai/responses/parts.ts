import * as z from "../../schema/z.ts";
import { cacheMarks } from "../cache-marks.ts";
import { audioPart, guardedPart, sourcePart, textPart, videoPart } from "../chat-parts.ts";

/** The parts of messages and of what tools returned, as the Responses API tells them. */

const inputText = z.looseObject({ type: z.literal("input_text"), text: z.string(), ...cacheMarks });

/** Earlier answers that somebody else says again. */
const outputText = z.looseObject({ type: z.literal("output_text"), text: z.string(), ...cacheMarks });

const inputImage = z.looseObject({
  type: z.literal("input_image"),
  image_url: z.string().nullish(),
  file_id: z.string().nullish(),
  detail: z.string().nullish(),
  ...cacheMarks,
});

const inputFile = z.looseObject({
  type: z.literal("input_file"),
  file_data: z.string().nullish(),
  file_url: z.string().nullish(),
  file_id: z.string().nullish(),
  filename: z.string().nullish(),
  format: z.string().nullish(),
  citations: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  ...cacheMarks,
});

/** Beside OpenAI's, what chat takes of other providers'. */
export const inputPart = z.discriminatedUnion("type", [
  inputText,
  inputImage,
  inputFile,
  outputText,
  textPart,
  audioPart,
  videoPart,
  sourcePart,
  guardedPart,
]);

export const toolOutputPart = z.discriminatedUnion("type", [
  inputText,
  inputImage,
  inputFile,
  outputText,
  textPart,
  videoPart,
  sourcePart,
]);

export const instructionPart = z.discriminatedUnion("type", [inputText, outputText, textPart, guardedPart]);

export type InputPart = z.output<typeof inputPart>;
export type ToolOutputPart = z.output<typeof toolOutputPart>;
export type InstructionPart = z.output<typeof instructionPart>;
