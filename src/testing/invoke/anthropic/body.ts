import {
  anything,
  either,
  flag,
  integer,
  list,
  number,
  object,
  oneOf,
  openObject,
  string,
  tagged,
  text,
} from "../body-shape.ts";
import type { BodyShape, ObjectShape } from "../body-shape.ts";

/** The body of Anthropic's Messages API, as Bedrock takes it. */

const cacheControl = { cache_control: tagged({ ephemeral: object({}, { ttl: oneOf("5m", "1h") }) }) };
const citations = object({}, { enabled: flag });

const image = object(
  {
    source: tagged({
      base64: object({ media_type: oneOf("image/jpeg", "image/png", "image/gif", "image/webp"), data: text }),
    }),
  },
  cacheControl,
);
const document = object(
  {
    source: tagged({
      base64: object({ media_type: oneOf("application/pdf"), data: text }),
      text: object({ media_type: oneOf("text/plain"), data: text }),
      content: object({
        content: either(text, list(tagged({ text: object({ text }, cacheControl), image }))),
      }),
    }),
  },
  {
    title: either(text, { kind: "null" }),
    context: either(text, { kind: "null" }),
    citations,
    ...cacheControl,
  },
);
const textBlock = object({ text: string({ min: 1 }) }, { citations: anything, ...cacheControl });
const searchResult = object(
  { source: text, title: text, content: list(tagged({ text: textBlock })) },
  { citations, ...cacheControl },
);

const block = tagged({
  text: textBlock,
  image,
  document,
  search_result: searchResult,
  tool_use: object(
    { id: string({ min: 1 }), name: string({ min: 1, max: 200 }), input: openObject() },
    { caller: anything, ...cacheControl },
  ),
  tool_result: object(
    { tool_use_id: string({ min: 1 }) },
    {
      content: either(text, list(tagged({ text: textBlock, image, document, search_result: searchResult }))),
      is_error: flag,
      ...cacheControl,
    },
  ),
  thinking: object({ thinking: text, signature: text }),
  redacted_thinking: object({ data: text }),
});

const message = object({
  role: oneOf("user", "assistant", "system"),
  content: either(string({ min: 1 }), list(block)),
});

const customTool = object(
  { name: string({ min: 1, max: 128 }), input_schema: openObject({ type: oneOf("object") }) },
  { description: text, strict: flag, input_examples: list(anything), defer_loading: flag, ...cacheControl },
);
/** Tools whose schema Anthropic knows. */
const ownTools = Object.fromEntries(
  [
    "bash_20250124",
    "computer_20250124",
    "computer_20251124",
    "memory_20250818",
    "text_editor_20250124",
    "text_editor_20250728",
    "tool_search_tool_regex_20251119",
  ].map((type): [string, ObjectShape] => [type, openObject({ name: text }, cacheControl)]),
);

const parallel = { disable_parallel_tool_use: flag };

export const anthropicBody: BodyShape = object(
  {
    anthropic_version: oneOf("bedrock-2023-05-31"),
    max_tokens: integer({ min: 1 }),
    messages: list(message, { min: 1 }),
  },
  {
    system: either(text, list(tagged({ text: textBlock }))),
    temperature: number({ min: 0, max: 1 }),
    top_p: number({ min: 0, max: 1 }),
    top_k: integer({ min: 0 }),
    stop_sequences: list(string({ min: 1 }), { max: 8191 }),
    tools: list(tagged({ custom: customTool, ...ownTools }, "custom")),
    tool_choice: tagged({
      auto: object({}, parallel),
      any: object({}, parallel),
      tool: object({ name: text }, parallel),
      none: object({}),
    }),
    thinking: openObject({ type: text }),
    output_config: object(
      {},
      { effort: text, format: tagged({ json_schema: object({ schema: openObject() }) }) },
    ),
    anthropic_beta: list(text),
    context_management: openObject(),
  },
);
