import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { isPlainPicture } from "../../native/plain-picture.ts";
import { hasOnly, NAME } from "../../native/plain-tools.ts";

/** What is OpenAI's of a message, and what we or OpenAI's client add to an answer that comes back in the next request. */
const MEMBERS: ReadonlySet<string> = new Set(
  "role content name tool_calls tool_call_id refusal parsed reasoning_content reasoning thinking_blocks annotations".split(
    " ",
  ),
);

/** What the native side can do with a part. */
export interface Sight {
  images: boolean;
  /** Caches by `prompt_cache_breakpoint`. */
  marks: boolean;
}

/** Text, images that came along, and calls: no files, URLs, other marks for the cache or thoughts to be returned. */
export function isPlainMessage(message: JsonObject, sight: Sight): boolean {
  const { role, content, thinking_blocks: thoughts, tool_calls: calls } = message;
  const given = Object.keys(message).filter((name) => message[name] != null);
  if (role === "function" || !given.every((name) => MEMBERS.has(name))) return false;
  if (Array.isArray(thoughts) && thoughts.length > 0) return false;
  if (Array.isArray(calls) && !calls.every(isPlainCall)) return false;
  if (role === "assistant" && isSilent(message)) return false;
  if (Array.isArray(content)) return content.length > 0 && content.every((part) => isPlainPart(part, sight));
  return true;
}

/** A turn that says and does nothing. */
const isSilent = ({ content, tool_calls: calls, refusal }: JsonObject): boolean =>
  (content == null || content === "") && refusal == null && !(Array.isArray(calls) && calls.length > 0);

/** The templates of open models read the arguments of earlier calls as JSON. */
function isPlainCall(call: unknown): boolean {
  if (!isObject(call) || (call["type"] ?? "function") !== "function") return false;
  const called = call["function"];
  if (!isObject(called) || !NAME.test(String(called["name"]))) return false;
  return isJsonObject(String(called["arguments"] ?? ""));
}

function isJsonObject(text: string): boolean {
  if (text.trim() === "") return true;
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

const TEXT: ReadonlySet<string> = new Set(["type", "text"]);
const IMAGE: ReadonlySet<string> = new Set(["type", "image_url"]);
const PICTURE: ReadonlySet<string> = new Set(["url", "detail"]);

function isPlainPart(part: unknown, { images, marks }: Sight): boolean {
  if (!isObject(part)) return false;
  const { prompt_cache_breakpoint: mark, ...own } = part;
  if (mark !== undefined && !(marks && isObject(mark))) return false;
  if (own["type"] === "text") return hasOnly(own, TEXT) && typeof own["text"] === "string";
  if (own["type"] !== "image_url" || !images || !hasOnly(own, IMAGE)) return false;
  const image = own["image_url"];
  if (!isObject(image) || !hasOnly(image, PICTURE) || image["detail"] === null) return false;
  return isPlainPicture(image["url"]);
}
