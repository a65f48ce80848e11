import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import type { OfferedTool } from "../form.ts";

type ShellItem = { type: string } & JsonObject;

/** What an item says that is to be done, from the arguments of the function that stands in for the tool. */
const ITEMS: Readonly<Record<string, (input: JsonObject) => ShellItem>> = {
  local_shell: (input) => ({
    type: "local_shell_call",
    action: {
      type: "exec",
      command: textsIn(input["command"], ["bash", "-lc"]),
      env: textRecord(input["env"]),
      ...known("timeout_ms", wholeNumber(input["timeout_ms"])),
      ...known("working_directory", input["working_directory"]),
      ...known("user", input["user"]),
    },
  }),
  shell: (input) => ({
    type: "shell_call",
    action: {
      commands: textsIn(input["commands"] ?? input["command"], []),
      timeout_ms: wholeNumber(input["timeout_ms"]) ?? null,
      max_output_length: wholeNumber(input["max_output_length"]) ?? null,
    },
    environment: null,
  }),
  apply_patch: (input) => ({ type: "apply_patch_call", operation: operationIn(input) }),
};

/** @param json What the model wrote; what was cut short or is no object says nothing. */
export const shellItem = (kind: OfferedTool["kind"], json: string): ShellItem => ITEMS[kind]!(objectIn(json));

function objectIn(json: string): JsonObject {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** A model that writes one line where a list is wanted means a line for a shell. */
const textsIn = (value: unknown, shell: readonly string[]): string[] => {
  if (typeof value === "string") return [...shell, value];
  return Array.isArray(value) ? value.map(textIn) : [];
};

const textIn = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const textRecord = (value: unknown): Record<string, string> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, textIn(each)])) : {};

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? Math.round(value) : undefined;

const known = (name: string, value: unknown): JsonObject =>
  value == null ? {} : { [name]: typeof value === "number" ? value : textIn(value) };

const OPERATIONS: ReadonlySet<unknown> = new Set(["create_file", "update_file", "delete_file"]);

function operationIn(input: JsonObject): JsonObject {
  const said = isObject(input["operation"]) ? input["operation"] : input;
  const type = OPERATIONS.has(said["type"]) ? said["type"] : "update_file";
  const path = textIn(said["path"] ?? "");
  return type === "delete_file" ? { type, path } : { type, path, diff: textIn(said["diff"] ?? "") };
}
