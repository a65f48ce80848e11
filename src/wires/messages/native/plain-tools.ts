import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { Traits } from "../../../conversation/traits.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { isPlainMark, NAME } from "./plain-blocks.ts";

/** Of a tool of the caller's own; what betas add to it Converse's path tells in other words. */
const MEMBERS: ReadonlySet<string> = new Set(
  "type name description input_schema strict cache_control".split(" "),
);

/** Tools of Anthropic's making that the caller runs. Source: aws-bedrock §C.1.4. */
const OWN =
  /^(bash_20250124|text_editor_20250(124|728)|computer_20250124|computer_20251124|memory_20250818)$/;

/** The tools and the choice among them, as Claude takes them on Bedrock as they came. */
export function takesTools({ tools, tool_choice: choice, thinking }: JsonObject, traits: Traits): boolean {
  if (tools == null || (Array.isArray(tools) && tools.length === 0)) return choice == null;
  if (!Array.isArray(tools) || !tools.every((tool) => isPlainTool(tool, traits))) return false;
  const names = new Set(tools.map((tool: JsonObject) => tool["name"]));
  return names.size === tools.length && takesChoice(choice, { names, thinks: thinks(thinking), traits });
}

function isPlainTool(tool: unknown, traits: Traits): boolean {
  if (!isObject(tool)) return false;
  const { type = "custom", name, description, input_schema: schema, strict, cache_control: mark } = tool;
  if (!isPlainMark(mark, traits, "tools")) return false;
  if (type !== "custom") return OWN.test(String(type));
  return (
    Object.keys(tool).every((member) => MEMBERS.has(member)) &&
    NAME.test(String(name)) &&
    (description === undefined || typeof description === "string") &&
    isObject(schema) &&
    schema["type"] === "object" &&
    (strict == null ? strict === undefined : strict === false || traits.strictTools)
  );
}

interface Choosing {
  names: ReadonlySet<unknown>;
  thinks: boolean;
  traits: Traits;
}

/** Some models cannot be forced to a call, and none while it thinks. */
function takesChoice(choice: unknown, { names, thinks: isThinking, traits }: Choosing): boolean {
  if (choice === undefined) return true;
  if (!isObject(choice)) return false;
  const { type, name, disable_parallel_tool_use: oneCall } = choice;
  if (oneCall === true && !traits.parallelToolControl) return false;
  if (type === "auto" || type === "none") return true;
  if (type !== "any" && type !== "tool") return false;
  return !isThinking && traits.toolChoice.includes(type) && (type === "any" || names.has(name));
}

const thinks = (thinking: unknown): boolean => isObject(thinking) && thinking["type"] !== "disabled";
