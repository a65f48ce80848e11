import { withFields } from "../../conversation/additional-fields.ts";
import { cachePointsOf } from "../../conversation/cache-point.ts";
import { ONE_TOOL_AT_A_TIME } from "../../conversation/passes/parallel-tools.ts";
import type { Conversation, JsonObject, SystemBlock, ToolConfig } from "../../conversation/types.ts";
import type { CommonRequest } from "../../openai/common-parameters.ts";
import { decodeMetadata } from "../../reception/metadata.ts";
import { decodeServiceTier } from "../../reception/service-tier.ts";
import type { Decoded } from "../decoded.ts";
import { autoCacheOf, noteIdleTtl } from "./auto-cache.ts";
import type { Decoding } from "./decoding.ts";
import type { DecodedFormat } from "./format.ts";
import type { DecodedMessages } from "./messages.ts";
import { decodeInference, decodeNativeFields, givenMembers } from "./parameters.ts";
import { decodeReasoningEffort } from "./reasoning-effort.ts";

/** What a wire has read of a request in its own words; the rest is said in common ones. */
export interface Parts extends DecodedMessages, DecodedFormat {
  /** What the caller calls the parameter that asks for JSON. */
  formatParam: string;
  toolConfig: ToolConfig | undefined;
  maxTokens: number | null | undefined;
  /** One tool call at a time. */
  oneCall: boolean;
  /** Keys that only the model may know. */
  foreign: JsonObject;
  /** Sets the cache points that the request names from outside. */
  mark?: (conversation: Conversation) => Conversation;
  /** Whether to cache what no part asks for. */
  promptCache: "auto" | "explicit";
  /** What AWS says behind an answer is asked for. */
  lastWords: boolean;
}

/** The parts of a request as one: the same conversation, whichever wire it came by. */
export function assemble(
  request: CommonRequest,
  { messages, system, textFormat, instruction, toolConfig, ...parts }: Parts,
  decoding: Decoding,
): Omit<Decoded, "attachments" | "quiet"> {
  if (instruction)
    decoding.note(parts.formatParam, "emulated", "The model is instructed to answer with a JSON object.");
  const instructions: SystemBlock[] = instruction ? [...system, instruction] : system;
  const inferenceConfig = decodeInference(request, parts.maxTokens, decoding);
  const requestMetadata = decodeMetadata(request, decoding);
  const serviceTier = decodeServiceTier(request, decoding);
  const { effort, thinking } = decodeReasoningEffort(request);
  const outputConfig = { ...(textFormat && { textFormat }), ...(effort && { effort }) };
  const conversation: Conversation = {
    messages,
    ...(instructions.length > 0 && { system: instructions }),
    ...(hasKeys(inferenceConfig) && { inferenceConfig }),
    ...(toolConfig && { toolConfig }),
    ...(hasKeys(outputConfig) && { outputConfig }),
    ...withFields(
      decodeNativeFields(request, parts.foreign, {
        ...(thinking && { thinking }),
        ...(parts.oneCall && toolConfig && { tool_choice: ONE_TOOL_AT_A_TIME }),
      }),
    ),
    ...(hasKeys(requestMetadata) && { requestMetadata }),
    ...(serviceTier && { serviceTier }),
    ...givenMembers(request),
  };
  const marked = parts.mark?.(conversation) ?? conversation;
  const isMarked = cachePointsOf(marked).length > 0;
  // For the operator, who marks something has said what is worth caching.
  const autoCache = autoCacheOf(request, isMarked ? "explicit" : parts.promptCache);
  noteIdleTtl(request, isMarked || autoCache !== undefined, decoding);
  return {
    conversation: marked,
    autoCache,
    adjustments: decoding.adjustments,
    places: decoding.places,
    foreign: new Set(Object.keys(parts.foreign)),
    jsonText: instruction !== undefined,
    lastWords: parts.lastWords,
  };
}

const hasKeys = (object: object): boolean => Object.keys(object).length > 0;
