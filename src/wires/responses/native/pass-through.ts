import type { NativeLetter } from "../../../bedrock/surfaces/forward.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import type { CallContext } from "../../../context.ts";
import { responsesRequestShape } from "../../../openai/responses/request.ts";
import { forModels, UNMAPPED } from "../../../reception/unmapped.ts";
import { hearResponse } from "../../../record/hear-response.ts";
import { ownerOf } from "../../../store/owner.ts";
import { asItCame, forwarded, forwardedStream } from "../../native/as-it-came.ts";
import type { AskedResponse } from "../asked.ts";
import type { ResponseAnswer, ResponseHead } from "../medium.ts";
import { openResponse } from "../reply/opening.ts";
import { editAnswer } from "./answer.ts";
import { edit } from "./edit.ts";
import { takes } from "./takes.ts";
import { told } from "./told.ts";

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(responsesRequestShape.shape),
  ...Object.keys(UNMAPPED),
]);

/**
 * The answer of AWS's own Responses API to a request that it can take as it came; undefined where the request has to be
 * translated, also when AWS refused something only now.
 */
export async function passThrough(
  context: CallContext,
  target: Target,
  { request, items, attachments }: AskedResponse,
  head: ResponseHead,
): Promise<ResponseAnswer | undefined> {
  if (!target.native?.apis.includes("responses")) return undefined;
  const { bedrock, record, seal } = context;
  const owner = await ownerOf(context);
  const reads = (text: string): boolean => seal.open("reasoning", owner, text) === "foreign";
  const refused = bedrock.refusedBy(target, "responses");
  const { body: asked, adjustments: strangers } = forModels(request, KNOWN);
  if (!takes({ body: asked, items }, target, refused, reads)) return undefined;
  const { body, adjustments: edits } = edit({ body: asked, items, stream: head.stream, refused }, target);
  const letter: NativeLetter = { target, api: "responses", body, attachments };
  const opening = openResponse(request, { ...head, model: target.modelId });
  return asItCame(
    context,
    { letter, adjustments: [...strangers, ...edits], asked: body },
    async (): Promise<ResponseAnswer> => {
      if (head.stream) return { events: told(await forwardedStream(context, letter), opening, context) };
      const response = editAnswer(await forwarded(context, letter), opening, context);
      hearResponse(record, response);
      return { response };
    },
  );
}
