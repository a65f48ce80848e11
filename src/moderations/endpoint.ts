import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { CallContext } from "../context.ts";
import { attempts } from "../flow/attempts.ts";
import { explainAll, operateAll, settle } from "../flow/calls.ts";
import { jsonResponse } from "../http/json.ts";
import { type ModerationRequest, moderationRequest } from "../openai/moderation-request.ts";
import type { ModerationResponse } from "../openai/moderation-response.ts";
import { createNotes } from "../reception/notes.ts";
import { type Received, readRequest } from "../reception/read-request.ts";
import { requireGuardrail, toCall } from "./calls.ts";
import { refuseManyImages } from "./image-bounds.ts";
import { filesIn, imagesIn, toContent, toInputs, urlsIn } from "./inputs.ts";
import { judged } from "./judged.ts";
import { moderatorOf } from "./moderator.ts";
import { noteNeverChecked, noteUnchecked, noteUnused } from "./notes.ts";
import { inOwnWords } from "./refusals.ts";
import { toResult } from "./verdict.ts";

/** As OpenAI has it. */
const USUAL = { model: "omni-moderation-latest" };

/** `POST /moderations`. Source: OpenAI API reference, "Create moderation". */
export async function createModeration(context: CallContext): Promise<Response> {
  const received = await readRequest(context, moderationRequest, filesIn, USUAL);
  const { request } = received;
  context.record.operation = "moderation";
  return attempts(context, request, (asked, attempt) => moderated(attempt, received, asked));
}

async function moderated(
  context: CallContext,
  { request, attachments }: Received<ModerationRequest>,
  { model, modelId, own }: AskedModel,
): Promise<Response> {
  const { bedrock, options, signal } = context;
  const notes = createNotes();
  const account = bedrock.accountOf(model, own);
  const judge = moderatorOf({ ...request, model, model_id: modelId }, options.models, notes);
  const moderator = { ...judge, region: own?.region ?? judge.region, account };
  const inputs = toInputs(request.input);
  requireGuardrail(moderator, inputs);
  refuseManyImages(imagesIn(inputs));
  noteUnused(request, notes);
  noteNeverChecked(notes);
  const media = await context.fetchMedia(urlsIn(inputs), signal);
  const calls = inputs.map((input) =>
    toCall(moderator, input, moderator.guardrail ? toContent(input, media, attachments) : [], attachments),
  );
  settle(context, notes.adjustments);
  if (context.explain) return explainAll(context, calls);

  const verdicts = await operateAll(context, calls, (answer, index) =>
    judged(answer, inputs[index]!, moderator),
  ).catch((thrown: unknown) => {
    throw inOwnWords(thrown, moderator);
  });
  const found = createNotes();
  noteUnchecked(verdicts, found);
  settle(context, found.adjustments);
  const response: ModerationResponse = {
    id: context.newId("modr-"),
    model: moderator.name,
    results: verdicts.map(toResult),
  };
  return jsonResponse(response);
}
