import type { CallContext } from "../../context.ts";
import { jsonResponse, readJson } from "../../http/json.ts";
import { eventStreamResponse } from "../../http/sse.ts";
import {
  completionRequest,
  type CompletionRequest,
  completionRequestShape,
} from "../../openai/completion-request.ts";
import { attempts } from "../../flow/attempts.ts";
import { findTarget } from "../../flow/find-target.ts";
import { parseRequest } from "../../reception/parse-request.ts";
import type { Ask } from "../ask.ts";
import { toFrames } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { asksForExtras } from "../request/parameters.ts";
import { AT_ONCE, together, togetherStreamed } from "../../flow/together.ts";
import { refuseAmplified } from "./amplified.ts";
import { type Asks, askEach } from "./ask-each.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { toPromptError } from "./prompt-terms.ts";
import { type PromptText, promptTexts } from "./prompts.ts";
import { createCompletionStream } from "./stream.ts";

/** `POST /completions`, the older text completions. Source: OpenAI API reference, "Create completion". */
export async function completions(context: CallContext): Promise<Response> {
  const { options, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value } = await readJson(context.request, limits, () => []);
  const said = withNativeHeaders(withoutAccess(flattened(value), context), context.request.headers);
  const body = withDefaults(said, context, completionRequestShape.shape);
  const request = parseRequest(completionRequest, body);
  const prompts = await promptTexts(request.prompt, { maxChars: options.maxBodyBytes });
  const decoded = decode(request, prompts, options.promptCache);
  refuseAmplified(request, prompts, decoded, options.maxBodyBytes);
  Object.assign(context.record, { operation: "text_completion", request, stream: request.stream === true });
  const form = { stream: request.stream === true, n: request.n ?? 1 };
  return attempts(context, request, async (asked, attempt) => {
    const target = await findTarget({ ...asked, completes: true }, attempt);
    const asks = askEach(attempt, target, form, decoded);
    try {
      return await answer(attempt, request, prompts, asks);
    } finally {
      asks.tellAdjustments();
    }
  }).catch((thrown: unknown) => {
    throw toPromptError(thrown);
  });
}

async function answer(
  context: CallContext,
  request: CompletionRequest,
  prompts: readonly PromptText[],
  asks: Asks,
): Promise<Response> {
  if (context.explain) return jsonResponse(asks.explain());
  const n = request.n ?? 1;
  const choices = prompts.length * n;
  const echoes = request.echo ? prompts.flatMap(({ text }) => Array<string>(n).fill(text)) : [];
  const head: ReplyHead = {
    id: context.newId("cmpl-"),
    created: context.now(),
    model: asks.of(0).target.modelId,
  };
  context.record.responseId = head.id;
  if (!request.stream) {
    const whole = (stop: AbortSignal, choice: number): ReturnType<Ask["whole"]> =>
      asks.of(choice).whole(stop);
    return jsonResponse(encode(await together(choices, context.signal, whole, AT_ONCE), head, echoes));
  }
  const open = (stop: AbortSignal, choice: number): ReturnType<Ask["stream"]> => asks.of(choice).stream(stop);
  const arrivals = await togetherStreamed(choices, context.signal, open, AT_ONCE);
  const includeUsage = request.stream_options?.include_usage === true;
  const stream = createCompletionStream(head, { echoes, includeUsage, extras: asksForExtras(request) });
  return eventStreamResponse(toFrames(arrivals, stream, context), context.abort);
}
