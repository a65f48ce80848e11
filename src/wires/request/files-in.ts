/**
 * The texts of a request's body, not yet validated, that media-parts.ts reads as files; no others. In a file's place
 * base64 passes unread to Bedrock, beyond its first characters.
 */
export function filesIn(body: unknown): string[] {
  return itemsOf(memberOf(body, "messages"))
    .filter((message) => ["user", "tool"].some((role) => role === memberOf(message, "role")))
    .flatMap((message) => itemsOf(memberOf(message, "content")))
    .flatMap((part) =>
      memberOf(part, "type") === "tool_result" ? itemsOf(memberOf(part, "content")) : [part],
    )
    .map(fileOf)
    .filter((text) => typeof text === "string");
}

/** The text of a part that is read as a file. */
export function fileOf(part: unknown): unknown {
  const type = memberOf(part, "type");
  switch (type) {
    case "image_url":
    case "video_url": {
      const value = memberOf(part, type);
      return typeof value === "string" ? value : memberOf(value, "url");
    }
    case "input_audio":
      return memberOf(memberOf(part, type), "data");
    case "file":
      return memberOf(memberOf(part, type), "file_data");
    case "image":
    case "document": {
      const source = memberOf(part, "source");
      // A document's own text is no base64, whatever it looks like.
      return memberOf(source, "type") === "text" ? undefined : memberOf(source, "data");
    }
    default:
      return undefined;
  }
}

export const itemsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
