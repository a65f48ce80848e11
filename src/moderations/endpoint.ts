import type { CallContext } from "../context.ts";
import { explainAll, operateAll, settle } from "../flow/calls.ts";
import { jsonResponse } from "../http/json.ts";
import { moderationRequest } from "../openai/moderation-request.ts";
import type { ModerationResponse } from "../openai/moderation-response.ts";
import { createNotes } from "../reception/notes.ts";
import { readRequest } from "../reception/read-request.ts";
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
  const { bedrock, options, signal } = context;
  const { request, attachments } = await readRequest(context, moderationRequest, filesIn, USUAL);
  const notes = createNotes();
  context.record.operation = "moderation";
  context.record.asked = request.model;
  const account = bedrock.accountOf(request.model);
  const moderator = { ...moderatorOf(request, options.models, notes), account };
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
