import type { CallContext } from "../context.ts";
import { NO_ATTACHMENTS } from "../http/attachments.ts";
import { embeddingRequest } from "../openai/embedding-request.ts";
import { validRequest } from "../reception/read-request.ts";
import { embedded } from "./embed.ts";
import { numbersOf } from "./floats.ts";
import type { Embedded } from "./reading.ts";

/** Vectors as numbers. @param body What a request's JSON would be; `encoding_format` says nothing here. */
export async function embedInProcess(context: CallContext, body: unknown): Promise<Embedded<number[]>> {
  const request = validRequest(context, embeddingRequest, body);
  return embedded(context, { request, attachments: NO_ATTACHMENTS }, ({ embed }) =>
    embed({ read: numbersOf }),
  );
}
