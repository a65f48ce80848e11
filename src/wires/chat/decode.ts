import { ONE_TOOL_AT_A_TIME } from "../../conversation/passes/parallel-tools.ts";
import { withFields } from "../../conversation/reasoning-request.ts";
import type { Conversation, SystemBlock } from "../../conversation/types.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { Decoded } from "../decoded.ts";
import { autoCacheOf, defaultTtl, hasCachePoints, withNamedCachePoints } from "./cache-policy.ts";
import { customToolNames } from "./custom-tools.ts";
import { decodeFormat } from "./decode-format.ts";
import { decodeMessages } from "./decode-messages.ts";
import { decodeMetadata } from "./decode-metadata.ts";
import { decodeInference, decodeNativeFields, decodeServiceTier, givenMembers } from "./decode-parameters.ts";
import { decodeReasoningEffort } from "./decode-reasoning-effort.ts";
import { decodeTools } from "./decode-tools.ts";
import { createDecoding } from "./decoding.ts";
import { modernise, speaksOfFunctions } from "./legacy-functions.ts";
import type { FetchedMedia } from "./media-parts.ts";
import { nativeFields, noteUnmapped, refuseUnsupported } from "./parameters.ts";
import type { ReplyForm } from "./reply-form.ts";
import { continued } from "./user-continue.ts";

export interface DecodeOptions {
  /** What was downloaded, by URL. */
  media?: FetchedMedia;
  /** Whether to cache what no part asks for. */
  promptCache?: "auto" | "explicit";
}

/**
 * A chat request as a conversation, before any model's wishes are known, and the form its answer takes.
 * @throws BedrockOpenAIError 400 naming the message or parameter that cannot be sent.
 */
export function decode(
  asked: ChatRequest,
  { media = new Map(), promptCache = "explicit" }: DecodeOptions = {},
): Decoded & { form: ReplyForm } {
  refuseUnsupported(asked);
  const request = modernise(asked);
  const decoding = createDecoding(media, defaultTtl(request));
  noteUnmapped(request, decoding);
  const { messages, system } = decodeMessages(continued(request, decoding), decoding);
  const { textFormat, instruction } = decodeFormat(request);
  if (instruction)
    decoding.note("response_format", "emulated", "The model is instructed to answer with a JSON object.");
  const instructions: SystemBlock[] = instruction ? [...system, instruction] : system;
  const inferenceConfig = decodeInference(request, decoding);
  const toolConfig = decodeTools(request, decoding);
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
    ...withFields({
      ...decodeNativeFields(request),
      ...(thinking && { thinking }),
      ...(request.parallel_tool_calls === false && toolConfig && { tool_choice: ONE_TOOL_AT_A_TIME }),
    }),
    ...(hasKeys(requestMetadata) && { requestMetadata }),
    ...(serviceTier && { serviceTier }),
    ...givenMembers(request),
  };
  const marked = withNamedCachePoints(conversation, request);
  const autoCache = autoCacheOf(request, promptCache);
  if (decoding.cacheTtl && !autoCache && !hasCachePoints(marked))
    decoding.note("prompt_cache_retention", "dropped", "Nothing in this request is marked for the cache.");
  return {
    conversation: marked,
    autoCache,
    adjustments: decoding.adjustments,
    places: decoding.places,
    foreign: new Set(Object.keys(nativeFields(request))),
    jsonText: instruction !== undefined,
    // Nobody asked for one call at a time who knows of nothing else.
    quiet: new Set(speaksOfFunctions(asked) ? ["parallel_tool_calls"] : []),
    form: {
      functions: speaksOfFunctions(asked),
      customTools: customToolNames(request),
      reasoning: asked.reasoning?.exclude !== true,
      extras: asksForExtras(request),
    },
  };
}

const asksForExtras = ({ guardrailConfig, additionalModelResponseFieldPaths: paths }: ChatRequest): boolean =>
  Boolean(paths?.length) || (guardrailConfig?.trace != null && guardrailConfig.trace !== "disabled");

const hasKeys = (object: object): boolean => Object.keys(object).length > 0;
