import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { Traits } from "../../../conversation/traits.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { hasOnly } from "../../native/plain-tools.ts";

/** What Claude can do with a block. */
export type Reach = Pick<Traits, "images" | "documents" | "cacheTtl" | "cachePoints">;

type Test = (block: JsonObject, reach: Reach) => boolean;

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

const TYPES: Readonly<Record<string, ReadonlySet<unknown>>> = {
  image: new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]),
  document: new Set(["application/pdf"]),
};

/** Bedrock reads files that came along, and none that lie elsewhere. */
const hasData = ({ type, source }: JsonObject): boolean =>
  isObject(source) &&
  source["type"] === "base64" &&
  TYPES[String(type)]!.has(source["media_type"]) &&
  typeof source["data"] === "string";

/** Source: Anthropic's reference of Messages, as far as AWS's guide to Claude's request body has it. */
const PLAIN: Readonly<Record<string, Test>> = {
  text: ({ text }) => isText(text),
  image: (block, { images }) => images && hasData(block),
  document: (block, { documents }) => {
    const { source } = block;
    const isWritten =
      isObject(source) &&
      ((source["type"] === "text" && source["media_type"] === "text/plain" && isText(source["data"])) ||
        (source["type"] === "content" && isText(source["content"])));
    return documents && (isWritten || hasData(block));
  },
  tool_use: ({ id, name, input }) => NAME.test(String(name)) && ID.test(String(id)) && isObject(input),
  tool_result: ({ content, is_error: failed }, reach) =>
    content == null ||
    (typeof content === "string"
      ? content !== ""
      : isPlainList(content, reach, failed === true ? SAID : PARTS)),
  thinking: ({ thinking, signature }) => typeof thinking === "string" && isText(signature),
  redacted_thinking: ({ data }) => isText(data),
};

/** What they may hold; of another member AWS refuses the whole request. */
const MEMBERS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    text: "text citations",
    image: "source",
    document: "source title context citations",
    tool_use: "id name input",
    tool_result: "tool_use_id content is_error",
    thinking: "thinking signature",
    redacted_thinking: "data",
  }).map(([type, members]) => [type, new Set(["type", "cache_control", ...members.split(" ")])]),
);

/** Claude takes nothing but text of a tool that failed. */
const SAID: ReadonlySet<unknown> = new Set(["text"]);
const PARTS: ReadonlySet<unknown> = new Set(["text", "image", "document"]);

/** What Converse's fitting would rename. */
export const NAME = /^[\w-]{1,64}$/;
const ID = /^[\w-]{1,64}$/;

const isPlainList = (content: unknown, reach: Reach, types: ReadonlySet<unknown>): boolean =>
  Array.isArray(content) &&
  content.every((part) => isObject(part) && types.has(part["type"]) && isPlainBlock(part, reach));

/** A block that AWS reads as it came. */
export function isPlainBlock(block: unknown, reach: Reach): boolean {
  if (!isObject(block)) return false;
  const { type, cache_control: mark } = block;
  return (
    typeof type === "string" &&
    Object.hasOwn(PLAIN, type) &&
    hasOnly(block, MEMBERS[type]!) &&
    isPlainMark(mark, reach, "messages") &&
    PLAIN[type]!(block, reach)
  );
}

/** What is to be cached, in the words that Bedrock knows. */
export function isPlainMark(
  mark: unknown,
  { cachePoints, cacheTtl }: Pick<Reach, "cachePoints" | "cacheTtl">,
  place: Traits["cachePoints"][number],
): boolean {
  if (mark == null) return mark === undefined;
  if (!isObject(mark)) return false;
  const { type, ttl, ...others } = mark;
  return (
    cachePoints.includes(place) &&
    type === "ephemeral" &&
    (ttl === undefined || (cacheTtl && (ttl === "5m" || ttl === "1h"))) &&
    Object.keys(others).length === 0
  );
}
