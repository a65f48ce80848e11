import * as z from "../schema/z.ts";
import { awsParameters } from "./aws-parameters.ts";
import { byType } from "./by-type.ts";
import { listOf } from "./list-of.ts";
import { MAX_LISTED, meantBy } from "./token-ids.ts";

/** AWS refuses empty text, and what is not looked at must not pass for harmless. */
const text = z.string().min(1);

const url = z.string().min(1);

const textPart = z.looseObject({ type: z.literal("text"), text });

const imagePart = z.looseObject({
  type: z.literal("image_url"),
  image_url: meantBy<string | { url: string }>((value) =>
    typeof value === "string" ? url : z.looseObject({ url }),
  ),
});

const part = byType(
  { text: textPart, image_url: imagePart },
  z.looseObject({ type: z.enum(["text", "image_url"]) }),
);

export type ModerationPart = z.output<typeof textPart> | z.output<typeof imagePart>;

/** One text; several, each judged by itself; or the parts of one message, judged as a whole. */
export type GivenInput = string | string[] | ModerationPart[];

const texts = listOf(text, 1, MAX_LISTED);
const parts = listOf(part, 1, MAX_LISTED) as z.Schema<ModerationPart[]>;

/** The first item tells what the caller meant. */
const input = meantBy<GivenInput>((value) => {
  if (!Array.isArray(value)) return text;
  const [first] = value as unknown[];
  return typeof first === "object" && first !== null ? parts : texts;
});

/** The request of `POST /moderations`, as OpenAI's API reference defines it, but that `model` is filled in before. */
export const moderationRequestShape = z.object({
  model: z.string().min(1),
  input,
  ...awsParameters,
});

export const moderationRequest = moderationRequestShape.loose();

export type ModerationRequest = z.output<typeof moderationRequestShape>;
