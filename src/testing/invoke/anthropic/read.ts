import type {
  ConverseRequest,
  JsonObject,
  RequestBlock,
  RequestMessage,
  ToolChoice,
  ToolConfig,
} from "../family.ts";
import { joinTurns } from "../turns.ts";
import { readBlocks } from "./read-blocks.ts";

/** A body that fits `anthropicBody`. */
export interface AnthropicBody extends JsonObject {
  max_tokens: number;
  messages: { role: RequestMessage["role"]; content: string | JsonObject[] }[];
  system?: string | JsonObject[];
  temperature?: number;
  top_p?: number;
  stop_sequences?: string[];
  tools?: AnthropicTool[];
  tool_choice?: { type: "auto" | "any" | "tool" | "none"; name?: string };
  output_config?: { effort?: string; format?: { schema: JsonObject } };
}

interface AnthropicTool extends JsonObject {
  name: string;
  description?: string;
  input_schema?: JsonObject;
  strict?: boolean;
}

/** A Messages body in Converse's words. Turns of the same speaker are one turn, as they are to Anthropic. */
export function readAnthropic(native: JsonObject): ConverseRequest {
  const body = native as AnthropicBody;
  const { max_tokens: maxTokens, temperature, top_p: topP, stop_sequences: stopSequences, system } = body;
  const toolConfig = readTools(body);
  const schema = body.output_config?.format?.schema;
  const json = schema && { schema: JSON.stringify(schema) };
  return {
    messages: joinTurns(body.messages.map(({ role, content }) => ({ role, content: readBlocks(content) }))),
    ...(system !== undefined && { system: readBlocks(system) as RequestBlock[] }),
    inferenceConfig: {
      maxTokens,
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(stopSequences && { stopSequences }),
    },
    ...(toolConfig && { toolConfig }),
    ...(json && { outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema: json } } } }),
    additionalModelRequestFields: restOf(body),
    additionalModelResponseFieldPaths: ["/stop_sequence"],
  };
}

/** What Converse has no words of its own for. */
function restOf({ thinking, top_k, anthropic_beta, output_config, tool_choice }: AnthropicBody): JsonObject {
  const effort = output_config?.effort;
  const rest = {
    thinking,
    top_k,
    anthropic_beta,
    output_config: effort === undefined ? undefined : { effort },
    tool_choice: tool_choice?.type === "none" ? undefined : tool_choice,
  };
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

function readTools({ tools = [], tool_choice: choice }: AnthropicBody): ToolConfig | undefined {
  if (tools.length === 0 || choice?.type === "none") return undefined;
  const specs = tools.flatMap((tool) => [{ toolSpec: toolSpec(tool) }, ...cachePointOf(tool)]);
  return { tools: specs, ...(choice && { toolChoice: readChoice(choice) }) };
}

function toolSpec({ name, description, input_schema: json = { type: "object" }, strict }: AnthropicTool) {
  return {
    name,
    inputSchema: { json },
    ...(description !== undefined && { description }),
    ...(strict !== undefined && { strict }),
  };
}

function readChoice({ type, name }: { type: string; name?: string }): ToolChoice {
  if (type === "tool" && name !== undefined) return { tool: { name } };
  return type === "any" ? { any: {} } : { auto: {} };
}

function cachePointOf({ cache_control: control }: JsonObject) {
  const { ttl } = (control ?? {}) as { ttl?: "5m" | "1h" };
  return control ? [{ cachePoint: { type: "default" as const, ...(ttl && { ttl }) } }] : [];
}
