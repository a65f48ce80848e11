import type { CallContext } from "../../context.ts";
import { attempts } from "../../flow/attempts.ts";
import { findTarget } from "../../flow/find-target.ts";
import { ownerOf } from "../../store/owner.ts";
import type { AskedResponse } from "./asked.ts";
import { type DecodedResponse, decodeResponse, mediaUrlsOf } from "./decode.ts";
import type { ResponseAnswer, ResponseHead } from "./medium.ts";
import { passThrough } from "./native/pass-through.ts";
import { errorInOwnWords } from "./request/own-words.ts";
import { translated } from "./translated.ts";
import { withinWindow } from "./truncation.ts";

/**
 * The answer to a request for a response, whichever way it takes to AWS. Nothing of it is kept here.
 * @throws BedrockOpenAIError where it fails before its first piece.
 */
export async function answerResponse(
  context: CallContext,
  asked: AskedResponse,
  head: ResponseHead,
): Promise<ResponseAnswer> {
  context.record.responseId = head.id;
  const owner = await ownerOf(context);
  let reading: Promise<Decode> | undefined;
  const answering = attempts(context, asked.request, async (model, attempt) => {
    const target = await findTarget(model, attempt);
    const passed = await passThrough(attempt, target, asked, head);
    if (passed) return passed;
    reading ??= read(context, asked, owner);
    const decode = await reading;
    return withinWindow(attempt, asked, (left) =>
      translated(attempt, target, { asked: left, head, owner, decoded: decode(left) }),
    );
  });
  return answering.catch((thrown) => {
    throw errorInOwnWords(thrown);
  });
}

type Decode = (asked: AskedResponse) => DecodedResponse;

/** The request as a conversation: the same for whoever answers it. */
export async function read(
  { fetchMedia, options, signal, seal }: CallContext,
  asked: AskedResponse,
  owner: string,
): Promise<Decode> {
  const media = await fetchMedia(mediaUrlsOf(asked), signal);
  return (left) =>
    decodeResponse(left, {
      media,
      promptCache: options.promptCache,
      openSealed: (purpose, text) => seal.open(purpose, owner, text),
    });
}
