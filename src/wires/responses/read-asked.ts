import type { CallContext } from "../../context.ts";
import { readJson } from "../../http/json.ts";
import { responsesRequest, responsesRequestShape } from "../../openai/responses/request.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { parseRequest } from "../../reception/parse-request.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import type { AskedResponse } from "./asked.ts";
import { filesIn } from "./request/files-in.ts";
import { keptRequest } from "./state/keeps.ts";
import { standOn } from "./state/standing.ts";

/**
 * A request for a response, with all that it stands on.
 * @param id What the response will be called.
 * @throws BedrockOpenAIError 400, 404, 408, 413 or 415 for a request that is none, or stands on what is not there; 503.
 */
export async function readAsked(context: CallContext, id: string): Promise<AskedResponse> {
  const { options, request: received, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(received, limits, filesIn);
  const said = withNativeHeaders(withoutAccess(flattened(value), context), received.headers);
  const body = withDefaults(said, context, responsesRequestShape.shape);
  const request = keptRequest(context, parseRequest(responsesRequest, body));
  return { request, ...(await standOn(context, request, id)), attachments };
}
