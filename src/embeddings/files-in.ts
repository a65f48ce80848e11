import { fileKindOf } from "./given.ts";

/** The texts of a body, not yet validated, that are read as files: those of pieces but for `text`, and data URLs. */
export function filesIn(body: unknown): string[] {
  const input = typeof body === "object" && body !== null ? (body as { input?: unknown }).input : undefined;
  const found: string[] = [];
  gather(input, false, found);
  return found;
}

/**
 * In objects files may be bare base64; a text is one only as a data URL. Into a list, for what a generator yields goes through all
 * that it stands in.
 */
function gather(value: unknown, isMember: boolean, found: string[]): void {
  if (typeof value === "string") {
    if (isMember || fileKindOf(value)) found.push(value);
  } else if (Array.isArray(value)) {
    // Neither token ids nor what is nested in no way that is read.
    if (typeof value[0] !== "number") for (const item of value as unknown[]) gather(item, false, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) if (name !== "text") gather(member, true, found);
  }
}
