import { flag, integer, object } from "../body-shape.ts";
import type { BodyShape } from "../body-shape.ts";
import type { Family, JsonObject } from "../family.ts";
import { firstMalformed } from "../malformed.ts";
import { openAiChatBody } from "../openai/body.ts";
import { checkAddressing, checkToolMessages } from "../openai/check.ts";
import { readOpenAi } from "../openai/read.ts";
import { writeCompletion, writeCompletionChunks } from "../openai/write.ts";

const MAX_IMAGES = 3;
const OPENAI = openAiChatBody.kind === "object" ? openAiChatBody : object({});
const BODY: BodyShape = {
  ...OPENAI,
  members: {
    ...OPENAI.members,
    n: integer({ min: 1, max: 16 }),
    prompt_logprobs: integer({ min: 0 }),
    add_generation_prompt: flag,
  },
};

/** Imported models, asked with OpenAI's chat body. They think, in `reasoning_content`, when told an effort. */
export const IMPORTED_OPENAI_CHAT: Family = {
  name: "OpenAIChatCompletion",
  models: /^$/,
  imported: "new",
  claims: (body) => "messages" in body,
  refuse: firstMalformed,
  shape: () => BODY,
  check: (body, model, streaming) =>
    checkAddressing(body, model, streaming) ?? checkToolMessages(body) ?? checkImages(body),
  read: (body) => ({ request: readOpenAi(body) }),
  whole: (answer) => writeCompletion(answer),
  chunks: (answer) => writeCompletionChunks(answer),
};

function checkImages({ messages }: JsonObject): string | undefined {
  const parts = (messages as { content?: unknown }[]).flatMap(({ content }) =>
    Array.isArray(content) ? (content as { type: string }[]) : [],
  );
  const count = parts.filter(({ type }) => type === "image_url").length;
  return count > MAX_IMAGES ? `At most ${MAX_IMAGES} image(s) may be provided in one request.` : undefined;
}
