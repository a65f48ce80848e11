import type { ConverseRequest, JsonObject, RequestMessage, ToolConfig } from "./family.ts";
import { joinTurns } from "./turns.ts";

interface Call {
  name: string;
  parameters: JsonObject;
}

interface CommandRBody {
  message: string;
  chat_history?: { role: "USER" | "CHATBOT"; message?: string; tool_calls?: Call[] }[];
  preamble?: string;
  documents?: JsonObject[];
  tools?: {
    name: string;
    description: string;
    parameter_definitions?: Record<string, { type?: string; description?: string; required?: boolean }>;
  }[];
  tool_results?: { call: Call; outputs: JsonObject[] }[];
}

/** Python's names for JSON's types. */
const TYPES: Readonly<Record<string, string>> = {
  str: "string",
  string: "string",
  int: "integer",
  float: "number",
  bool: "boolean",
  list: "array",
  dict: "object",
};

/** A Command R body in Converse's words: the results of calls come after the message that led to them. */
export function readCommandR(native: JsonObject): ConverseRequest {
  const body = native as unknown as CommandRBody;
  const { message, chat_history: history = [], preamble, tools = [], tool_results: results = [] } = body;
  const said = history.map(({ role, message: text = "" }): RequestMessage => ({
    role: role === "USER" ? "user" : "assistant",
    content: text === "" ? [] : [{ text }],
  }));
  const asked: RequestMessage = { role: "user", content: message === "" ? [] : [{ text: message }] };
  const messages = [...said, asked, ...resultTurns(results)].filter(({ content }) => content.length > 0);
  return {
    messages: joinTurns(messages),
    ...(preamble && { system: [{ text: preamble }] }),
    ...(tools.length > 0 && { toolConfig: readTools(tools) }),
  };
}

function resultTurns(results: NonNullable<CommandRBody["tool_results"]>): RequestMessage[] {
  const calls = results.map(({ call: { name, parameters: input } }, index) => ({
    toolUse: { toolUseId: `call_${index}`, name, input },
  }));
  const answers = results.map(({ outputs }, index) => ({
    toolResult: { toolUseId: `call_${index}`, content: outputs.map((json) => ({ json })) },
  }));
  return [
    { role: "assistant", content: calls },
    { role: "user", content: answers },
  ];
}

function readTools(tools: NonNullable<CommandRBody["tools"]>): ToolConfig {
  return {
    tools: tools.map(({ name, description, parameter_definitions: definitions = {} }) => ({
      toolSpec: { name, description, inputSchema: { json: schemaOf(definitions) } },
    })),
  };
}

function schemaOf(
  definitions: Record<string, { type?: string; description?: string; required?: boolean }>,
): JsonObject {
  const entries = Object.entries(definitions);
  return {
    type: "object",
    properties: Object.fromEntries(
      entries.map(([name, { type = "str", description }]) => [
        name,
        { type: TYPES[type.toLowerCase()] ?? "string", ...(description !== undefined && { description }) },
      ]),
    ),
    required: entries.filter(([, { required }]) => required).map(([name]) => name),
  };
}
