import { integer, number, object, openObject, string, text } from "../body-shape.ts";
import { knobs, piecesOf, stopWord } from "../completion.ts";
import type { Family, JsonObject } from "../family.ts";
import { textFormat } from "../openai/text-format.ts";
import { textOf } from "../written.ts";

/** TwelveLabs Pegasus: one video, one question. */
export const PEGASUS: Family = {
  name: "TwelveLabs Pegasus",
  models: /^twelvelabs\.pegasus/,
  shape: () =>
    object(
      {
        inputPrompt: string({ min: 1 }),
        mediaSource: object(
          {},
          { base64String: text, s3Location: object({ uri: text }, { bucketOwner: text }) },
        ),
      },
      {
        temperature: number({ min: 0, max: 1 }),
        maxOutputTokens: integer({ min: 1, max: 4096 }),
        responseFormat: object({}, { jsonSchema: openObject() }),
      },
    ),
  check: ({ mediaSource }) =>
    Object.keys(mediaSource as JsonObject).length === 1
      ? undefined
      : "mediaSource must set exactly one of base64String and s3Location.",
  read: (body) => {
    const { base64String: bytes, s3Location } = body["mediaSource"] as Source;
    const source = bytes === undefined ? { ...(s3Location && { s3Location }) } : { bytes };
    const { jsonSchema } = (body["responseFormat"] ?? {}) as { jsonSchema?: JsonObject };
    return {
      request: {
        messages: [
          {
            role: "user",
            content: [{ text: String(body["inputPrompt"]) }, { video: { format: "mp4", source } }],
          },
        ],
        inferenceConfig: knobs(body, { maxTokens: "maxOutputTokens" }),
        ...textFormat(jsonSchema),
      },
    };
  },
  whole: (answer) => ({ message: textOf(answer), finishReason: stopWord(answer, "stop", "length") }),
  *chunks(answer) {
    for (const message of piecesOf(textOf(answer))) yield { message, finishReason: null };
    yield { message: "", finishReason: stopWord(answer, "stop", "length") };
  },
};

interface Source {
  base64String?: string;
  s3Location?: { uri: string; bucketOwner?: string };
}
