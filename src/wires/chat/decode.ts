import { cachePointsOf } from "../../conversation/cache-point.ts";
import { ONE_TOOL_AT_A_TIME } from "../../conversation/passes/parallel-tools.ts";
import { withFields } from "../../conversation/additional-fields.ts";
import type { Conversation, SystemBlock } from "../../conversation/types.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import type { Decoded } from "../decoded.ts";
import { type Told, untangled } from "./request/anthropic-parts.ts";
import { autoCacheOf, defaultTtl, noteIdleTtl } from "../request/auto-cache.ts";
import { decodeServiceTier } from "../../reception/service-tier.ts";
import { decodeMetadata } from "../../reception/metadata.ts";
import { asksForExtras, decodeInference, decodeNativeFields, givenMembers } from "../request/parameters.ts";
import { decodeReasoningEffort } from "../request/reasoning-effort.ts";
import { withNamedCachePoints } from "./request/cache-policy.ts";
import { customToolNames } from "./request/custom-tools.ts";
import { decodeFormat } from "./request/format.ts";
import { decodeMessages } from "./request/messages.ts";
import { decodeTools } from "./request/tools.ts";
import { createDecoding } from "./request/decoding.ts";
import { speaksOfFunctions, withToolIds, withTools } from "./request/legacy-functions.ts";
import type { FetchedMedia } from "../../reception/files.ts";
import { nativeFields, noteUnmapped, refuseUnsupported } from "./request/unmapped.ts";
import type { ReplyForm } from "./reply/form.ts";
import { continued } from "./request/user-continue.ts";

/** The messages in OpenAI's present form, whichever form they came in. */
export const retold = ({ messages }: ChatRequest): Told[] => withToolIds(untangled(messages));

export interface DecodeOptions {
  /** What `retold` made of the messages. */
  told?: readonly Told[];
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
  { told = retold(asked), media = new Map(), promptCache = "explicit" }: DecodeOptions = {},
): Omit<Decoded, "attachments"> & { form: ReplyForm } {
  refuseUnsupported(asked);
  const request = withTools(asked);
  const decoding = createDecoding(media, defaultTtl(request));
  noteUnmapped(request, decoding);
  const { messages, system } = decodeMessages(continued(told, request, decoding), decoding);
  const { textFormat, instruction } = decodeFormat(request);
  if (instruction)
    decoding.note("response_format", "emulated", "The model is instructed to answer with a JSON object.");
  const instructions: SystemBlock[] = instruction ? [...system, instruction] : system;
  const inferenceConfig = decodeInference(
    request,
    request.max_completion_tokens ?? request.max_tokens,
    decoding,
  );
  const toolConfig = decodeTools(request, decoding);
  const requestMetadata = decodeMetadata(request, decoding);
  const serviceTier = decodeServiceTier(request, decoding);
  const { effort, thinking } = decodeReasoningEffort(request);
  const foreign = nativeFields(request);
  const outputConfig = { ...(textFormat && { textFormat }), ...(effort && { effort }) };
  const conversation: Conversation = {
    messages,
    ...(instructions.length > 0 && { system: instructions }),
    ...(hasKeys(inferenceConfig) && { inferenceConfig }),
    ...(toolConfig && { toolConfig }),
    ...(hasKeys(outputConfig) && { outputConfig }),
    ...withFields({
      ...decodeNativeFields(request, foreign),
      ...(thinking && { thinking }),
      ...(wantsOneCall(request) && toolConfig && { tool_choice: ONE_TOOL_AT_A_TIME }),
    }),
    ...(hasKeys(requestMetadata) && { requestMetadata }),
    ...(serviceTier && { serviceTier }),
    ...givenMembers(request),
  };
  const marked = withNamedCachePoints(conversation, request);
  const isMarked = cachePointsOf(marked).length > 0;
  // For the operator, who marks something has said what is worth caching.
  const autoCache = autoCacheOf(request, isMarked ? "explicit" : promptCache);
  noteIdleTtl(request, isMarked || autoCache !== undefined, decoding);
  return {
    conversation: marked,
    autoCache,
    adjustments: decoding.adjustments,
    places: decoding.places,
    foreign: new Set(Object.keys(foreign)),
    jsonText: instruction !== undefined,
    lastWords: request.stream_options?.include_usage === true || asksForExtras(request),
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

/** OpenAI's parameter, or Anthropic's within its tool choice. */
const wantsOneCall = ({ parallel_tool_calls: parallel, tool_choice: choice }: ChatRequest): boolean =>
  parallel === false ||
  (typeof choice === "object" &&
    (choice as { disable_parallel_tool_use?: unknown } | null)?.disable_parallel_tool_use === true);

const hasKeys = (object: object): boolean => Object.keys(object).length > 0;
