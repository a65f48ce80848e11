import type { CallContext } from "../../context.ts";
import { jsonResponse } from "../../http/json.ts";
import { countTokens } from "../count-tokens.ts";
import { decoded } from "./answer.ts";
import { renameNotes } from "./endpoint.ts";
import { read } from "./read.ts";
import { countRequest } from "./request/shape.ts";

/** `POST /messages/count_tokens`. Source: Anthropic API reference, "Count tokens in a Message". */
export async function countMessageTokens(context: CallContext): Promise<Response> {
  const { request, attachments } = await read(context, countRequest);
  const input_tokens = await countTokens(context, request, async () => {
    const { form: _, ...rest } = await decoded(context, request);
    return { ...rest, attachments };
  });
  renameNotes(context);
  return jsonResponse({ input_tokens });
}
