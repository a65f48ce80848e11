import type { CallContext } from "../../../context.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import type { ChatCompletion } from "../../../openai/chat-response.ts";
import { type Kept, keptBy } from "../../../store/kept.ts";
import type { Store } from "../../../store/store.ts";

/** A completion as it is kept and told: the answer, and what of its request is told with it. */
export interface StoredChat extends ChatCompletion {
  request_id: string;
  metadata: Record<string, string>;
  [parameter: string]: unknown;
}

/** AWS's own chat endpoint says by its own clock when it answered. */
interface Since {
  /** Unix seconds: since when it is kept. */
  since: number;
  chat: StoredChat;
}

/** What a caller keeps of the chat wire. */
export interface StoredChats {
  completions: Kept<Since>;
  /** The messages of the request, apart from the answer: they may be large, and lists do not need them. */
  messages: Kept<readonly JsonObject[]>;
}

/** Every method throws a 503 where the store cannot be asked. */
export const storedChats = async (context: CallContext, store: Store): Promise<StoredChats> => ({
  completions: await keptBy(context, store, "chat"),
  messages: await keptBy(context, store, "chat"),
});

/** Under which the messages stand. */
export const messagesOf = (id: string): string => `${id}:messages`;

/** @throws BedrockOpenAIError 404 where the caller has none of that id. */
export async function found({ completions }: StoredChats, id: string): Promise<Since> {
  const kept = id.includes(":") ? undefined : await completions.get(id);
  if (kept) return kept;
  throw new BedrockOpenAIError(404, `Chat completion with id '${id.slice(0, 128)}' not found.`, {
    type: "invalid_request_error",
  });
}
