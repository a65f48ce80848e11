import * as z from "../schema/z.ts";
import { cacheMarks } from "./cache-marks.ts";
import { listOf } from "./list-of.ts";

export const textPart = z.looseObject({ type: z.literal("text"), text: z.string(), ...cacheMarks });

const imagePart = z.looseObject({
  type: z.literal("image_url"),
  image_url: z.union([
    z.string(),
    z.looseObject({ url: z.string(), detail: z.string().nullish(), format: z.string().nullish() }),
  ]),
  ...cacheMarks,
});

const filePart = z.looseObject({
  type: z.literal("file"),
  file: z.looseObject({
    file_data: z.string().nullish(),
    file_url: z.string().nullish(),
    file_id: z.string().nullish(),
    filename: z.string().nullish(),
    format: z.string().nullish(),
  }),
  citations: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  ...cacheMarks,
});

export const audioPart = z.looseObject({
  type: z.literal("input_audio"),
  input_audio: z.looseObject({ data: z.string(), format: z.string().nullish() }),
  ...cacheMarks,
});

export const videoPart = z.looseObject({
  type: z.literal("video_url"),
  video_url: z.union([z.string(), z.looseObject({ url: z.string(), format: z.string().nullish() })]),
  ...cacheMarks,
});

/** Anthropic's own shape of an image or a document, which mixed clients send. */
export const sourcePart = z.looseObject({
  type: z.enum(["image", "document"]),
  source: z.looseObject({
    type: z.string(),
    media_type: z.string().nullish(),
    data: z.string().nullish(),
    url: z.string().nullish(),
  }),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  ...cacheMarks,
});

/** What a guardrail is to look at; LiteLLM's names. */
export const guardedPart = z.looseObject({
  type: z.enum(["guarded_text", "grounding_source", "query"]),
  text: z.string(),
  ...cacheMarks,
});

export const toolPart = z.discriminatedUnion("type", [textPart, imagePart, filePart, videoPart, sourcePart]);

/** Anthropic's way to give a tool's result. */
const resultPart = z.looseObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string().min(1),
  content: z.union([z.string(), listOf(toolPart)]).nullish(),
  is_error: z.boolean().nullish(),
  ...cacheMarks,
});

export const userPart = z.discriminatedUnion("type", [
  textPart,
  imagePart,
  audioPart,
  filePart,
  videoPart,
  sourcePart,
  guardedPart,
  resultPart,
]);

/** History may come from other providers: what is not text is left to the decoder. */
export const assistantPart = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  refusal: z.string().nullish(),
  ...cacheMarks,
});

export type UserPart = z.output<typeof userPart>;
export type ToolPart = z.output<typeof toolPart>;
export type FilePart = Exclude<UserPart, { text: string } | { type: "tool_result" }>;
