import type { AskedModel } from "../bedrock/models/resolve.ts";
import type { OperationCall } from "../bedrock/operations.ts";
import { invokeHeaders } from "../bedrock/surfaces/invoke-headers.ts";
import type { CallContext } from "../context.ts";
import { operateAll, settle } from "../flow/calls.ts";
import { fileSize } from "../http/attachments.ts";
import type { EmbeddingRequest } from "../openai/embedding-request.ts";
import { count } from "../record/count.ts";
import { decodeInvokeSettings } from "../reception/invoke-settings.ts";
import { createNotes } from "../reception/notes.ts";
import type { Received } from "../reception/read-request.ts";
import { wrongModel } from "../reception/wrong-model.ts";
import { aboutInput } from "./about-input.ts";
import { toBatches } from "./batches.ts";
import { embeddingFamilyOf } from "./families.ts";
import { fitTexts } from "./fit-texts.ts";
import { givenInputs } from "./given.ts";
import { toInputs, urlsIn } from "./inputs.ts";
import { readAnswer } from "./read-answer.ts";
import type { Embedded, Reading } from "./reading.ts";
import { refuseAmplified } from "./refuse-amplified.ts";
import { refuseForeign } from "./refuse-foreign.ts";
import { settingsOf } from "./settings.ts";

/** The calls that embed what a request gives. */
export interface Plan {
  calls: readonly OperationCall[];
  /** @throws BedrockOpenAIError */
  embed<Vector>(reading: Reading<Vector>): Promise<Embedded<Vector>>;
}

/** @throws BedrockOpenAIError 400 for what cannot be embedded, before anything is sent. */
export async function plan(
  context: CallContext,
  { request, attachments }: Received<EmbeddingRequest>,
  asked: AskedModel,
): Promise<Plan> {
  const { bedrock, options, signal } = context;
  const place = await bedrock.locate(asked, signal);
  const family = embeddingFamilyOf(place.family);
  if (!family) throw wrongModel(place, "embeddings");

  const notes = createNotes();
  const headers = invokeHeaders(decodeInvokeSettings(request, notes));
  const given = await givenInputs(request.input, { maxChars: options.maxBodyBytes });
  const settings = settingsOf(request, given, family, notes);
  refuseForeign(given, family);
  const media = await context.fetchMedia(urlsIn(given), signal);
  const inputs = fitTexts(toInputs(given, media, family), family, settings, notes);
  const sizeOf = (file: string): number => fileSize(file, attachments);
  const batches = toBatches(inputs, family, sizeOf);
  refuseAmplified(batches, settings.own, { sizeOf, maxBodyBytes: options.maxBodyBytes });
  const calls = batches.map((batch): OperationCall => ({
    place,
    headers,
    body: family.toBody(batch, settings),
    attachments,
  }));
  settle(context, notes.adjustments);

  const model = place.modelId;
  return {
    calls,
    async embed(reading) {
      const answers = await operateAll(context, calls, (answer, index) =>
        readAnswer(answer, family, settings, { count: batches[index]!.length, model, reading }),
      ).catch((thrown: unknown) => {
        throw aboutInput(thrown);
      });
      const total = answers.reduce((sum, { tokens }) => sum + tokens, 0);
      count(context.record, { input: total });
      return { vectors: answers.flatMap(({ vectors }) => vectors), model, tokens: total };
    },
  };
}
