import type { CallContext } from "../../../context.ts";
import type { Attachments } from "../../../http/attachments.ts";
import { wholeText } from "../../../http/whole-text.ts";
import type { ChatCompletion, ChatUsage } from "../../../openai/chat-response.ts";
import type { ChatRequest } from "../../../openai/chat-request.ts";
import type { CallRecord } from "../../../record/record.ts";
import type { Store } from "../../../store/store.ts";
import { enter } from "./ledger.ts";
import { messagesOf, storedChats, type StoredChat } from "./stored-chat.ts";

/** A request whose answer is to be kept. */
export interface KeptChat {
  store: Store;
  request: ChatRequest;
  /** The files that tokens stand for in it. */
  attachments: Attachments;
}

/** What of a request is told with its answer; `null` where it says nothing of it. Source: OpenAI API reference, "Get chat completion". */
const TOLD = [
  "tools",
  "tool_choice",
  "temperature",
  "top_p",
  "seed",
  "presence_penalty",
  "frequency_penalty",
  "response_format",
] as const;

/** Until it is kept. The answer itself comes last: without it there is nothing. */
export async function keepChat(
  context: CallContext,
  completion: ChatCompletion,
  { store, request, attachments }: KeptChat,
): Promise<void> {
  const { id, model } = completion;
  const since = context.now();
  const { completions, messages } = await storedChats(context, store);
  await messages.putJson(messagesOf(id), wholeText(JSON.stringify(request.messages), attachments));
  await enter(context, store, { id, since, model, asked: request.model });
  await completions.put(id, { since, chat: asKept(context, completion, request) });
}

/** Of a stream whose caller did not ask for it. */
const usageOf = ({ tokens }: CallRecord): { usage?: ChatUsage } =>
  tokens
    ? {
        usage: {
          prompt_tokens: tokens.input,
          completion_tokens: tokens.output,
          total_tokens: tokens.input + tokens.output,
          prompt_tokens_details: { cached_tokens: tokens.cached, cache_write_tokens: tokens.written },
          ...(tokens.reasoning > 0 && { completion_tokens_details: { reasoning_tokens: tokens.reasoning } }),
        },
      }
    : {};

const asKept = (context: CallContext, completion: ChatCompletion, request: ChatRequest): StoredChat => ({
  ...usageOf(context.record),
  ...completion,
  request_id: context.requestId,
  ...Object.fromEntries(TOLD.map((name) => [name, request[name] ?? null])),
  metadata: request.metadata ?? {},
});
