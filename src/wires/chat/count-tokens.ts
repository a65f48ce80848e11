import type { TokenCount } from "../../bedrock/count-tokens.ts";
import type { CallContext } from "../../context.ts";
import { NO_ATTACHMENTS } from "../../http/attachments.ts";
import { chatRequest } from "../../openai/chat-request.ts";
import { parseRequest } from "../../reception/parse-request.ts";
import { prepare } from "../prepare.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened } from "../../reception/extra-body.ts";
import { decode, retold } from "./decode.ts";
import { mediaUrls } from "../request/media-parts.ts";

/** The tokens of a chat request as they would be sent. */
export async function countChatTokens(context: CallContext, body: unknown): Promise<TokenCount> {
  const { bedrock, memory, options, signal } = context;
  const request = parseRequest(chatRequest, withDefaults(withoutAccess(flattened(body), context), context));
  const asked = { model: request.model, modelId: request.model_id ?? undefined, own: context.lent };
  const resolved = await bedrock.resolve(asked, signal);
  const target = resolved.instead ?? resolved;
  const told = retold(request);
  const media = await context.fetchMedia(mediaUrls(told), signal);
  const { form: _, ...decoded } = decode(request, { told, media, promptCache: options.promptCache });
  const { conversation } = prepare({ ...decoded, attachments: NO_ATTACHMENTS }, target, {
    memory,
    stream: false,
    keepsForeign: true,
  });
  return bedrock.countTokens({ target, conversation, attachments: NO_ATTACHMENTS, signal });
}
