import { isObject } from "../../conversation/json-schema/is-object.ts";

/** Events that announce an answer, or keep a line open. */
const ANNOUNCEMENTS: ReadonlySet<unknown> = new Set([
  "response.created",
  "response.queued",
  "response.in_progress",
  "message_start",
  "ping",
]);

/** Whether a chunk of AWS's native endpoints is more than the announcement of an answer: in chat, `{"role":"assistant"}`. */
export function saysSomething(chunk: string): boolean {
  const said = parsed(chunk);
  if (!isObject(said)) return true;
  if (!Array.isArray(said["choices"])) return !ANNOUNCEMENTS.has(said["type"]);
  if (said["usage"] != null || said["error"] != null) return true;
  return said["choices"].some(
    (choice) =>
      !isObject(choice) ||
      choice["finish_reason"] != null ||
      !isObject(choice["delta"]) ||
      Object.entries(choice["delta"]).some(
        ([name, value]) => name !== "role" && value != null && value !== "",
      ),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
