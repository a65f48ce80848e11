import type { OperationCall } from "../bedrock/operations.ts";
import { invokeHeaders } from "../bedrock/surfaces/invoke-headers.ts";
import type { CallContext } from "../context.ts";
import { explainAll, operateAll, settle } from "../flow/calls.ts";
import { fileSize } from "../http/attachments.ts";
import { jsonPiecesResponse } from "../http/json.ts";
import { embeddingRequest } from "../openai/embedding-request.ts";
import { decodeInvokeSettings } from "../reception/invoke-settings.ts";
import { createNotes } from "../reception/notes.ts";
import { readRequest } from "../reception/read-request.ts";
import { wrongModel } from "../reception/wrong-model.ts";
import { aboutInput } from "./about-input.ts";
import { toBatches } from "./batches.ts";
import { encode } from "./encode.ts";
import { embeddingFamilyOf } from "./families.ts";
import { filesIn } from "./files-in.ts";
import { fitTexts } from "./fit-texts.ts";
import { givenInputs } from "./given.ts";
import { toInputs, urlsIn } from "./inputs.ts";
import { readAnswer } from "./read-answer.ts";
import { refuseAmplified } from "./refuse-amplified.ts";
import { refuseForeign } from "./refuse-foreign.ts";
import { settingsOf } from "./settings.ts";

/** `POST /embeddings`. Source: OpenAI API reference, "Create embeddings". */
export async function createEmbeddings(context: CallContext): Promise<Response> {
  const { bedrock, options, signal } = context;
  const { request, attachments } = await readRequest(context, embeddingRequest, filesIn);
  const place = await bedrock.locate(
    { model: request.model, modelId: request.model_id ?? undefined },
    signal,
  );
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
  if (context.explain) return explainAll(context, calls);

  const model = place.modelId;
  const format = request.encoding_format ?? "float";
  const answers = await operateAll(context, calls, (answer, index) =>
    readAnswer(answer, family, settings, { count: batches[index]!.length, model, format }),
  ).catch((thrown: unknown) => {
    throw aboutInput(thrown);
  });
  const vectors = answers.flatMap((answer) => answer.vectors);
  const tokens = answers.reduce((sum, answer) => sum + answer.tokens, 0);
  return jsonPiecesResponse(encode({ vectors, model, tokens }, format));
}
