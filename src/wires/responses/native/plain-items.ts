import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { isPlainPicture } from "../../native/plain-picture.ts";
import { hasOnly, NAME } from "../../native/plain-tools.ts";

/** What the native side can do with an item. */
export interface Reach {
  images: boolean;
  /** Caches by `prompt_cache_breakpoint`. */
  marks: boolean;
  /** Reads thoughts that were encrypted so: what we sealed ourselves, only we can open. */
  reads(encrypted: string): boolean;
}

type Test = (item: JsonObject, reach: Reach) => boolean;

const ROLES: ReadonlySet<unknown> = new Set(["user", "assistant", "system", "developer"]);

/** Source: AWS's guide to the Responses API: messages, functions' calls and results, and thoughts. */
const PLAIN: Readonly<Record<string, Test>> = {
  message: ({ role, content }, reach) =>
    ROLES.has(role) &&
    (Array.isArray(content)
      ? content.length > 0 && content.every((part) => isPlainPart(part, reach))
      : typeof content === "string" && content !== ""),
  function_call: ({ name, namespace, arguments: json }) =>
    namespace == null && NAME.test(String(name)) && isJsonObject(json),
  function_call_output: ({ output }) =>
    typeof output === "string" ||
    (Array.isArray(output) &&
      output.length > 0 &&
      output.every((part) => isObject(part) && part["type"] === "input_text" && hasOnly(part, TEXT))),
  reasoning: ({ encrypted_content: encrypted }, { reads }) =>
    typeof encrypted !== "string" || reads(encrypted),
};

/** What AWS reads of an item as it came: no files, URLs, marks of others or calls of tools that it does not have. */
export function isPlainItem(item: JsonObject, reach: Reach): boolean {
  const type = item["type"] ?? "message";
  return (
    typeof type === "string" &&
    Object.hasOwn(PLAIN, type) &&
    item["cache_control"] == null &&
    PLAIN[type]!(item, reach)
  );
}

/** The templates of open models read the arguments of earlier calls as JSON. */
function isJsonObject(json: unknown): boolean {
  if (json == null || (typeof json === "string" && json.trim() === "")) return true;
  try {
    return typeof json === "string" && isObject(JSON.parse(json));
  } catch {
    return false;
  }
}

const TEXT: ReadonlySet<string> = new Set(["type", "text"]);
const SAID: ReadonlySet<string> = new Set(["type", "text", "annotations", "logprobs"]);
const REFUSAL: ReadonlySet<string> = new Set(["type", "refusal"]);
const IMAGE: ReadonlySet<string> = new Set(["type", "image_url", "detail"]);

function isPlainPart(part: unknown, { images, marks }: Reach): boolean {
  if (!isObject(part)) return false;
  const { prompt_cache_breakpoint: mark, ...rest } = part;
  if (mark != null && !(marks && isObject(mark))) return false;
  const own = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null));
  switch (own["type"]) {
    case "input_text":
    case "output_text":
      return hasOnly(own, SAID) && typeof own["text"] === "string" && own["text"] !== "";
    case "refusal":
      return hasOnly(own, REFUSAL);
    case "input_image":
      return images && hasOnly(own, IMAGE) && isPlainPicture(own["image_url"]);
    default:
      return false;
  }
}
