import { isObject } from "../../conversation/json-schema/is-object.ts";

/** Whether a chunk of AWS's native chat endpoint is more than the announcement of an answer: `{"role":"assistant"}`. */
export function saysSomething(chunk: string): boolean {
  const said = parsed(chunk);
  if (!isObject(said) || !Array.isArray(said["choices"])) return true;
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
