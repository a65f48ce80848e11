import { anything, integer, list, number, object, oneOf, openObject, string, text } from "../body-shape.ts";
import type { BodyShape } from "../body-shape.ts";

/** The body of `messages-v1`. A cache point may stand inside the block that it follows. */

const cachePoint = object({ type: oneOf("default") }, { ttl: oneOf("5m") });
const source = object({}, { bytes: text, s3Location: object({ uri: text }, { bucketOwner: text }) });
const image = object({ format: oneOf("png", "jpeg", "gif", "webp"), source });
const video = object({
  format: oneOf("mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"),
  source,
});
const document = object({
  format: oneOf("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"),
  name: text,
  source,
});

const block = object(
  {},
  {
    text: string({ min: 1 }),
    image,
    document,
    video,
    toolUse: object({ toolUseId: text, name: text, input: anything }),
    toolResult: object(
      { toolUseId: text, content: list(object({}, { text, json: anything, image, document, video })) },
      { status: oneOf("success", "error") },
    ),
    reasoningContent: object({ reasoningText: object({ text }, { signature: text }) }),
    cachePoint,
  },
);

const positive = integer({ min: 1 });
const share = number({ min: 0, max: 1 });
const topK = integer({ min: 0, max: 128 });

export const novaBody: BodyShape = object(
  {
    messages: list(object({ role: oneOf("user", "assistant"), content: list(block, { min: 1 }) }), {
      min: 1,
    }),
  },
  {
    schemaVersion: oneOf("messages-v1"),
    system: list(object({}, { text: string({ min: 1 }), cachePoint }), { min: 1 }),
    inferenceConfig: object(
      {},
      {
        maxTokens: positive,
        max_new_tokens: positive,
        temperature: share,
        topP: share,
        top_p: share,
        topK,
        top_k: topK,
        stopSequences: list(text),
      },
    ),
    toolConfig: object(
      {
        tools: list(
          object(
            {},
            {
              toolSpec: object(
                { name: string({ min: 1, max: 64 }), inputSchema: object({ json: openObject() }) },
                { description: text },
              ),
              systemTool: object({ name: text }),
            },
          ),
          { min: 1 },
        ),
      },
      { toolChoice: object({}, { auto: object({}), any: object({}), tool: object({ name: text }) }) },
    ),
    // What is wrong with it, the rules for Nova 2 say.
    reasoningConfig: anything,
  },
);
