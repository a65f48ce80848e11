import type { Answer, Call } from "../call.ts";
import { readOpenAi } from "../invoke/openai/read.ts";
import { answerNatively } from "./answer.ts";
import { CHAT_RULES } from "./chat-rules.ts";
import { writeChat, writeChatChunks } from "./chat-write.ts";
import { OPENAI_CHAT } from "./dialect.ts";
import { effortOf, oneCallATurn } from "./efforts.ts";
import { guardrailOf } from "./guardrail-headers.ts";
import { readBody } from "./read-model.ts";
import { resolveNative } from "./resolve.ts";
import type { Place } from "./resolve.ts";
import { checkNative, withoutNulls } from "./rule.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { sseOutcome } from "./sse.ts";

/** POST …/chat/completions of either host. */
export function chatCompletions(place: Place, call: Call): Answer {
  const { host } = place;
  const given = readBody(call);
  const model = resolveNative(given.model, place);
  const body = withoutNulls(given);
  checkNative(CHAT_RULES, body, model, host);
  const effort = effortOf(model.baseId, body["reasoning_effort"]) ?? "none";
  const request = {
    ...readOpenAi({ ...body, ...oneCallATurn(model.baseId), reasoning_effort: effort }),
    ...guardrailOf(call.headers, host),
  };
  return answerNatively(call, OPENAI_CHAT, { request, body, model }, (answer, streaming) =>
    streaming ? sseOutcome(writeChatChunks(answer, host), OPENAI_CHAT) : jsonOutcome(writeChat(answer, host)),
  );
}
