import type { CallContext } from "../context.ts";
import { explainAll } from "../flow/calls.ts";
import { jsonPiecesResponse } from "../http/json.ts";
import { embeddingRequest } from "../openai/embedding-request.ts";
import { readRequest } from "../reception/read-request.ts";
import { embedded } from "./embed.ts";
import { encode, FORMATS } from "./encode.ts";
import { filesIn } from "./files-in.ts";

/** `POST /embeddings`. Source: OpenAI API reference, "Create embeddings". */
export async function createEmbeddings(context: CallContext): Promise<Response> {
  const received = await readRequest(context, embeddingRequest, filesIn);
  const format = received.request.encoding_format ?? "float";
  return embedded(context, received, async ({ calls, embed }, attempt) =>
    attempt.explain
      ? explainAll(attempt, calls)
      : jsonPiecesResponse(encode(await embed(FORMATS[format]), format)),
  );
}
