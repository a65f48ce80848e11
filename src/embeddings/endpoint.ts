import type { OperationCall } from "../bedrock/operations.ts";
import { invokeHeaders } from "../bedrock/surfaces/invoke-headers.ts";
import type { CallContext } from "../context.ts";
import { explainAll, operateAll, settle } from "../flow/calls.ts";
import { fileSize } from "../http/attachments.ts";
import { jsonBytesResponse } from "../http/json.ts";
import { embeddingRequestShape } from "../openai/embedding-request.ts";
import { decodeInvokeSettings } from "../reception/invoke-settings.ts";
import { createNotes } from "../reception/notes.ts";
import { readRequest } from "../reception/read-request.ts";
import { wrongModel } from "../reception/wrong-model.ts";
import { toBatches } from "./batches.ts";
import { checkInputs } from "./check-inputs.ts";
import { encode } from "./encode.ts";
import { embeddingFamilyOf } from "./families.ts";
import { filesIn, givenInputs, toInputs, urlsIn } from "./inputs.ts";
import { readAnswer } from "./read-answer.ts";
import { settingsOf } from "./settings.ts";

/** `POST /embeddings`. Source: OpenAI API reference, "Create embeddings". */
export async function createEmbeddings(context: CallContext): Promise<Response> {
  const { bedrock, options, signal } = context;
  const { request, attachments } = await readRequest(context, embeddingRequestShape, filesIn);
  const place = await bedrock.locate(
    { model: request.model, modelId: request.model_id ?? undefined },
    signal,
  );
  const family = embeddingFamilyOf(place.family);
  if (!family) throw wrongModel(place, "embeddings");

  const notes = createNotes();
  const settings = settingsOf(request, family, notes);
  const headers = invokeHeaders(decodeInvokeSettings(request, notes));
  const given = await givenInputs(request.input, { maxChars: options.maxBodyBytes });
  const media = await context.fetchMedia(urlsIn(given), signal);
  const inputs = checkInputs(toInputs(given, media), family, settings, notes);
  const batches = toBatches(inputs, family, (file) => fileSize(file, attachments));
  const calls = batches.map((batch): OperationCall => ({
    place,
    headers,
    body: family.toBody(batch, settings),
    attachments,
  }));
  settle(context, notes.adjustments);
  if (context.explain) return explainAll(context, calls);

  const model = place.modelId;
  const answers = (await operateAll(context, calls)).map((answer, index) =>
    readAnswer(answer, family, settings, { count: batches[index]!.length, model }),
  );
  const vectors = answers.flatMap((answer) => answer.vectors);
  const tokens = answers.reduce((sum, answer) => sum + answer.tokens, 0);
  return jsonBytesResponse(encode({ vectors, model, tokens }, request.encoding_format ?? "float"));
}
