import type { CallContext } from "../../context.ts";
import { jsonResponse } from "../../http/json.ts";
import { ownerOf } from "../../store/owner.ts";
import { countTokens } from "../count-tokens.ts";
import { read } from "./answer.ts";
import { readAsked } from "./read-asked.ts";

/** `POST /responses/input_tokens`: what a response to the same request would read. Source: OpenAI API reference, "Count input tokens". */
export async function countInputTokens(context: CallContext): Promise<Response> {
  const asked = await readAsked(context, context.newId("resp_"));
  const input_tokens = await countTokens(context, asked.request, async () => {
    const decode = await read(context, asked, await ownerOf(context));
    const { form: _, ...decoded } = decode(asked);
    return { ...decoded, attachments: asked.attachments };
  });
  return jsonResponse({ object: "response.input_tokens", input_tokens });
}
