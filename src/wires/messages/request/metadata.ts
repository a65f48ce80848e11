import { isObject } from "../../../conversation/json-schema/is-object.ts";

/** Who asks, as Anthropic calls it, and what else is said of a request, as OpenAI calls it. */
export function metadataOf(metadata: unknown): { user?: string; metadata: Record<string, string> } {
  const texts: Record<string, string> = {};
  for (const [name, value] of isObject(metadata) ? Object.entries(metadata) : [])
    if (name !== "user_id" && typeof value === "string") texts[name] = value;
  const user = isObject(metadata) ? metadata["user_id"] : undefined;
  return { ...(typeof user === "string" && { user }), metadata: texts };
}
