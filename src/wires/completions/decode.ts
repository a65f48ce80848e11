import { withFields } from "../../conversation/additional-fields.ts";
import type { ContentBlock, Conversation, JsonObject } from "../../conversation/types.ts";
import { NO_ATTACHMENTS } from "../../http/attachments.ts";
import type { CompletionRequest } from "../../openai/completion-request.ts";
import type { Decoded } from "../decoded.ts";
import { autoCacheOf, noteIdleTtl } from "../request/auto-cache.ts";
import { decodeMetadata } from "../../reception/metadata.ts";
import { decodeServiceTier } from "../../reception/service-tier.ts";
import { createNotes, type Notes } from "../../reception/notes.ts";
import { asksForExtras, decodeInference, decodeNativeFields, givenMembers } from "../request/parameters.ts";
import { decodeReasoningEffort } from "../request/reasoning-effort.ts";
import type { PromptText } from "./prompts.ts";
import { nativeFields, noteUnmapped, refuseUnsupported } from "./unsupported.ts";

/**
 * A completion request as conversations, one for each prompt, before any model's wishes are known. A prompt is a
 * user's only turn, with nothing added.
 * @throws BedrockOpenAIError 400 naming the parameter that cannot be sent.
 */
export function decode(
  request: CompletionRequest,
  prompts: readonly PromptText[],
  promptCache: "auto" | "explicit" = "explicit",
): Decoded[] {
  refuseUnsupported(request, prompts.length);
  const notes = createNotes();
  noteUnmapped(request, notes);
  const foreign = nativeFields(request);
  const parameters = decodeParameters(request, foreign, notes);
  const autoCache = autoCacheOf(request, promptCache);
  noteIdleTtl(request, autoCache !== undefined, notes);
  const shared = {
    adjustments: notes.adjustments,
    foreign: new Set(Object.keys(foreign)),
    quiet: new Set<string>(),
    autoCache,
    jsonText: false,
    lastWords: request.stream_options?.include_usage === true || asksForExtras(request),
    attachments: NO_ATTACHMENTS,
  };
  return prompts.map(({ text, at }) => {
    const block: ContentBlock = { text };
    const messages: Conversation["messages"] = [{ role: "user", content: [block] }];
    return { ...shared, conversation: { messages, ...parameters }, places: new Map([[block, at]]) };
  });
}

/** Everything of a conversation but its turns. */
function decodeParameters(
  request: CompletionRequest,
  foreign: JsonObject,
  notes: Notes,
): Omit<Conversation, "messages"> {
  const inferenceConfig = decodeInference(request, maxTokensOf(request, notes), notes);
  const requestMetadata = decodeMetadata(request, notes);
  const serviceTier = decodeServiceTier(request, notes);
  const { effort, thinking } = decodeReasoningEffort(request);
  return {
    ...(hasKeys(inferenceConfig) && { inferenceConfig }),
    ...(effort && { outputConfig: { effort } }),
    ...withFields(decodeNativeFields(request, foreign, { ...(thinking && { thinking }) })),
    ...(hasKeys(requestMetadata) && { requestMetadata }),
    ...(serviceTier && { serviceTier }),
    ...givenMembers(request),
  };
}

/** Evaluations ask for no token at all, to have their prompt scored. */
function maxTokensOf({ max_tokens: most }: CompletionRequest, notes: Notes): number | null | undefined {
  if (most !== 0) return most;
  notes.note("max_tokens", "clamped", "Bedrock's models write one token at least.");
  return 1;
}

const hasKeys = (object: object): boolean => Object.keys(object).length > 0;
