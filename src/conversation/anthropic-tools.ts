import type { JsonObject, ToolSpec } from "./types.ts";

/** A tool that Anthropic has made, as a function that every model can be told of. */
interface OwnTool {
  type: RegExp;
  description: string;
  properties: JsonObject;
  required: readonly string[];
}

const text = (description: string): JsonObject => ({ type: "string", description });
const lines: JsonObject = { type: "array", items: { type: "integer" }, description: "First and last line." };

const FILE = {
  path: text("The absolute path of the file or directory."),
  file_text: text("For create: the whole text of the file."),
  old_str: text("For str_replace: the text to replace, which stands in the file once."),
  new_str: text("For str_replace and insert: the new text."),
  insert_line: {
    type: "integer",
    description: "For insert: the line after which to insert; 0 for the start.",
  },
  insert_text: text("For insert: the text to insert."),
  view_range: lines,
};

const command = (...names: readonly string[]): JsonObject => ({ type: "string", enum: names });

/** Source: Anthropic's guides to the bash, text editor and memory tools: the input of each. */
const TOOLS: readonly OwnTool[] = [
  {
    type: /^bash_\d{8}$/,
    description: "Runs a command in a bash shell that lives on between calls.",
    properties: {
      command: text("The command to run."),
      restart: { type: "boolean", description: "True to start the shell anew, without a command." },
    },
    required: [],
  },
  {
    type: /^text_editor_\d{8}$/,
    description: "Views, creates and edits text files.",
    properties: { command: command("view", "create", "str_replace", "insert"), ...FILE },
    required: ["command", "path"],
  },
  {
    type: /^memory_\d{8}$/,
    description: "Keeps files under /memories from one conversation to the next.",
    properties: {
      command: command("view", "create", "str_replace", "insert", "delete", "rename"),
      ...FILE,
      old_path: text("For rename: the path until now."),
      new_path: text("For rename: the path from now on."),
    },
    required: ["command"],
  },
];

/** One of Anthropic's tools as a function; undefined for what has no fixed input. */
export function asFunction({ type, name }: JsonObject): ToolSpec | undefined {
  const known = TOOLS.find((tool) => tool.type.test(String(type)));
  if (!known || typeof name !== "string") return undefined;
  const { description, properties, required } = known;
  const schema = { type: "object", properties, ...(required.length > 0 && { required }) };
  return { name, description, inputSchema: { json: schema } };
}

/** What Anthropic's own tools are called: a word, and the day they were made. */
export const isOwnTool = (tool: JsonObject): boolean => /^[a-z_]{1,64}_\d{8}$/.test(String(tool["type"]));
