import * as z from "../schema/z.ts";
import { listOf } from "../openai/list-of.ts";
import { tagged, taggedOr, textOr } from "./tagged.ts";

/** The blocks that messages are made of. Source: Anthropic API reference, "Create a Message". Unknown keys pass. */

/** Any object: what JSON.parse made needs no second look inside. */
export const jsonObject = z.looseObject({});

/** Marks the end of a prefix worth caching. */
export const cacheControl = z
  .looseObject({ type: z.string(), ttl: z.enum(["5m", "1h"]).nullish() })
  .nullish();

const marks = { cache_control: cacheControl };

const citations = z.looseObject({ enabled: z.boolean().nullish() }).nullish();

export const textBlock = z.looseObject({
  type: z.literal("text"),
  text: z.string(),
  citations: listOf(jsonObject).nullish(),
  ...marks,
});

/** Where an image or a document is, or what it says. */
const sources = {
  base64: z.looseObject({ type: z.literal("base64"), media_type: z.string(), data: z.string().min(1) }),
  url: z.looseObject({ type: z.literal("url"), url: z.string().min(1) }),
  file: z.looseObject({ type: z.literal("file"), file_id: z.string() }),
};

const imageBlock = z.looseObject({ type: z.literal("image"), source: tagged(sources), ...marks });

const documentBlock = z.looseObject({
  type: z.literal("document"),
  source: tagged({
    ...sources,
    text: z.looseObject({ type: z.literal("text"), media_type: z.string().nullish(), data: z.string() }),
    content: z.looseObject({
      type: z.literal("content"),
      content: textOr(listOf(tagged({ text: textBlock, image: imageBlock }))),
    }),
  }),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations,
  ...marks,
});

const searchResultBlock = z.looseObject({
  type: z.literal("search_result"),
  source: z.string(),
  title: z.string(),
  content: listOf(textBlock),
  citations,
  ...marks,
});

/** Blocks that only Anthropic's own service writes and reads. */
const FOREIGN =
  /^(\w{1,64}_(tool_use|tool_result)|container_upload|compaction|tool_reference|browser_state|tool_addition|tool_removal)$/;

const toolResultBlock = z.looseObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string().min(1),
  content: textOr(
    listOf(
      taggedOr(
        { text: textBlock, image: imageBlock, document: documentBlock, search_result: searchResultBlock },
        FOREIGN,
      ),
    ),
  ).nullish(),
  is_error: z.boolean().nullish(),
  ...marks,
});

const toolUseBlock = z.looseObject({
  type: z.literal("tool_use"),
  id: z.string().min(1),
  name: z.string().min(1),
  input: jsonObject,
  ...marks,
});

const thinkingBlock = z.looseObject({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: z.string().nullish(),
});

const redactedBlock = z.looseObject({ type: z.literal("redacted_thinking"), data: z.string() });

export const contentBlock = taggedOr(
  {
    text: textBlock,
    image: imageBlock,
    document: documentBlock,
    search_result: searchResultBlock,
    tool_use: toolUseBlock,
    tool_result: toolResultBlock,
    thinking: thinkingBlock,
    redacted_thinking: redactedBlock,
  },
  FOREIGN,
);

export type ImageBlock = z.output<typeof imageBlock>;
export type DocumentBlock = z.output<typeof documentBlock>;
export type SearchResultBlock = z.output<typeof searchResultBlock>;
export type ToolResultBlock = z.output<typeof toolResultBlock>;

export type ContentBlock = z.output<typeof contentBlock>;
