import type * as z from "../../schema/z.ts";
import type { CallContext } from "../../context.ts";
import type { Attachments } from "../../http/attachments.ts";
import { readJson } from "../../http/json.ts";
import { withDefaults } from "../../reception/defaults.ts";
import { flattened, withNativeHeaders } from "../../reception/extra-body.ts";
import { withoutAccess } from "../../reception/request-access.ts";
import { filesIn } from "../request/files-in.ts";
import { parseMessages } from "./request/parse.ts";

export interface Read<T> {
  /** As it came, with the operator's defaults; betas of the caller's header stand in `anthropic_beta`. */
  body: unknown;
  request: T;
  /** The files that tokens stand for in both. */
  attachments: Attachments;
}

/**
 * The body of a request to this wire.
 * @throws BedrockOpenAIError 400, 408, 413 or 415 for a body that is none.
 */
export async function read<S extends Readonly<Record<string, z.Schema>>>(
  context: CallContext,
  schema: z.ObjectSchema<S, z.Loose>,
): Promise<Read<z.output<z.ObjectSchema<S, z.Loose>>>> {
  const { options, request, signal } = context;
  // By which Anthropic's clients name a call.
  context.headers["request-id"] = context.requestId;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(request, limits, filesIn);
  const said = withNativeHeaders(withoutAccess(flattened(value), context), request.headers);
  const body = withDefaults(said, context, schema.shape);
  return { body, request: parseMessages(schema, body), attachments };
}
