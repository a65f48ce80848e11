import {
  anything,
  either,
  flag,
  integer,
  list,
  nothing,
  number,
  object,
  oneOf,
  openObject,
  string,
  tagged,
  text,
} from "../body-shape.ts";
import type { BodyShape } from "../body-shape.ts";

/** The members of OpenAI's Chat Completions body, for families that take some or all of them. */

const textPart = object({ text });
const content = either(
  text,
  list(
    tagged({
      text: textPart,
      image_url: object({ image_url: object({ url: text }, { detail: text }) }),
      input_audio: object({ input_audio: object({ data: text, format: oneOf("wav", "mp3") }) }),
    }),
  ),
  nothing,
);

const toolCall = object(
  { id: string({ min: 1 }), function: object({ name: text, arguments: text }) },
  { type: oneOf("function"), index: integer() },
);

export const messages: BodyShape = list(
  object(
    { role: oneOf("system", "developer", "user", "assistant", "tool") },
    {
      content,
      name: text,
      tool_calls: either(list(toolCall), nothing),
      tool_call_id: text,
      reasoning_content: either(text, nothing),
      refusal: either(text, nothing),
    },
  ),
  { min: 1 },
);

export const tools: BodyShape = list(
  object(
    { type: oneOf("function"), function: object({ name: string({ min: 1 }) }, toolMembers()) },
    { index: integer() },
  ),
);

function toolMembers() {
  return { description: text, parameters: openObject(), strict: either(flag, nothing) };
}

export const toolChoice: BodyShape = either(
  oneOf("auto", "none", "required"),
  object({ type: oneOf("function"), function: object({ name: text }) }),
);

export const responseFormat: BodyShape = tagged({
  text: object({}),
  json_object: object({}),
  json_schema: object({
    json_schema: object(
      { name: text, schema: openObject() },
      { description: text, strict: either(flag, nothing) },
    ),
  }),
});

export const sampling = {
  max_tokens: integer({ min: 1 }),
  temperature: number({ min: 0, max: 2 }),
  top_p: number({ min: 0, max: 1 }),
  stop: either(text, list(text)),
  seed: integer(),
  frequency_penalty: number({ min: -2, max: 2 }),
  presence_penalty: number({ min: -2, max: 2 }),
};

/** What may say the same as the path and the operation. */
export const addressing = { model: text, stream: flag, stream_options: openObject() };

/** Everything. */
export const openAiChatBody: BodyShape = object(
  { messages },
  {
    ...addressing,
    ...sampling,
    max_completion_tokens: integer({ min: 1 }),
    n: integer({ min: 1, max: 1 }),
    tools,
    tool_choice: toolChoice,
    parallel_tool_calls: flag,
    response_format: responseFormat,
    reasoning_effort: text,
    logit_bias: openObject(),
    logprobs: flag,
    top_logprobs: integer({ min: 0, max: 20 }),
    user: text,
    metadata: anything,
    top_k: integer(),
    min_p: number(),
    repetition_penalty: number(),
    chat_template_kwargs: openObject(),
  },
);
