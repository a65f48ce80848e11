import type { Adjustment } from "../../adjustments.ts";
import { ONE_TOOL_AT_A_TIME } from "../../conversation/parallel-tools.ts";
import type { Conversation, InferenceConfig, JsonObject, SystemBlock } from "../../conversation/types.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import { decodeMetadata } from "./decode-metadata.ts";
import { decodeMessages } from "./decode-messages.ts";
import { decodeTools } from "./decode-tools.ts";
import { refuseUnsupported, unmappedParameters } from "./unmapped.ts";

export interface Decoded {
  conversation: Conversation;
  adjustments: readonly Adjustment[];
}

/** Bedrock's own parameters, which pass under their AWS names. */
const CONVERSE_MEMBERS = [
  "guardrailConfig",
  "performanceConfig",
  "serviceTier",
  "additionalModelResponseFieldPaths",
] as const;

const JSON_INSTRUCTION: SystemBlock = { text: "Answer with a single JSON object and nothing else." };

/**
 * A chat request as a conversation, before any model's wishes are known.
 * @throws BedrockOpenAIError 400 naming the message or parameter that cannot be sent.
 */
export function decode(request: ChatRequest): Decoded {
  refuseUnsupported(request);
  const adjustments: Adjustment[] = unmappedParameters(request);
  const { messages, system } = decodeMessages(request.messages, adjustments);
  if (request.response_format?.type === "json_object") {
    system.push(JSON_INSTRUCTION);
    adjustments.push({
      param: "response_format",
      action: "emulated",
      reason: "The model is instructed to answer with a JSON object.",
    });
  }
  const inferenceConfig = decodeInference(request, adjustments);
  const toolConfig = decodeTools(request, adjustments);
  const outputConfig = decodeFormat(request);
  const requestMetadata = decodeMetadata(request, adjustments);
  const additional = {
    ...request.additionalModelRequestFields,
    ...(request.parallel_tool_calls === false && toolConfig && { tool_choice: ONE_TOOL_AT_A_TIME }),
  };
  return {
    conversation: {
      messages,
      ...(system.length > 0 && { system }),
      ...(Object.keys(inferenceConfig).length > 0 && { inferenceConfig }),
      ...(toolConfig && { toolConfig }),
      ...(outputConfig && { outputConfig }),
      ...(Object.keys(additional).length > 0 && { additionalModelRequestFields: additional }),
      ...(Object.keys(requestMetadata).length > 0 && { requestMetadata }),
      ...given(request),
    },
    adjustments,
  };
}

function given(request: ChatRequest): Partial<Conversation> {
  const members = CONVERSE_MEMBERS.filter((name) => request[name] != null && size(request[name]) > 0);
  return Object.fromEntries(members.map((name) => [name, request[name]]));
}

const size = (value: unknown): number => Object.keys(value as object).length;

function decodeInference(request: ChatRequest, adjustments: Adjustment[]): InferenceConfig {
  const maxTokens = request.max_completion_tokens ?? request.max_tokens;
  const stops = typeof request.stop === "string" ? [request.stop] : (request.stop ?? []);
  const stopSequences = stops.filter((stop) => stop.trim() !== "");
  if (stopSequences.length < stops.length) {
    adjustments.push({
      param: "stop",
      action: "dropped",
      reason: "Blank stop sequences are refused by the models.",
    });
  }
  return {
    ...(maxTokens != null && { maxTokens }),
    ...(request.temperature != null && { temperature: request.temperature }),
    ...(request.top_p != null && { topP: request.top_p }),
    ...(stopSequences.length > 0 && { stopSequences }),
  };
}

/** `response_format` in Converse's own words; fitting emulates it for the models that lack it. */
function decodeFormat({ response_format: format }: ChatRequest): JsonObject | undefined {
  if (format?.type !== "json_schema") return undefined;
  const { name, description, schema } = format.json_schema;
  return {
    textFormat: {
      type: "json_schema",
      structure: {
        jsonSchema: {
          schema: JSON.stringify(schema ?? { type: "object" }),
          name,
          ...(description && { description }),
        },
      },
    },
  };
}
