import type * as z from "../schema/z.ts";
import type { CallContext } from "../context.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import type { Attachments } from "../http/attachments.ts";
import { readJson } from "../http/json.ts";
import type { FilesIn } from "../http/lift.ts";
import { withDefaults } from "./defaults.ts";
import { flattened, withNativeHeaders } from "./extra-body.ts";
import { parseRequest } from "./parse-request.ts";
import { withoutAccess } from "./request-access.ts";

export interface Received<T> {
  request: T;
  /** The files that tokens stand for in the request. */
  attachments: Attachments;
}

type Shape = Readonly<Record<string, z.Schema>>;
/** Made once, at the start: zod compiles a schema when it is first used. */
type Schema<S extends Shape> = z.ObjectSchema<S, z.Loose>;
type Loose<S extends Shape> = z.output<Schema<S>>;

/**
 * The JSON body of a request as its schema's type; see `validRequest`.
 * @param filesIn The texts of a body that are files.
 * @throws BedrockOpenAIError 400, 408, 413 or 415 for a body that is none of this endpoint's.
 */
export async function readRequest<S extends Shape>(
  context: CallContext,
  schema: Schema<S>,
  filesIn: FilesIn = () => [],
  usual: JsonObject = {},
): Promise<Received<Loose<S>>> {
  const { request, options, signal } = context;
  const limits = { maxBytes: options.maxBodyBytes, idleMs: options.timeouts.body, signal };
  const { value, attachments } = await readJson(request, limits, filesIn);
  return { request: validRequest(context, schema, value, usual), attachments };
}

/**
 * A body as its schema's type, with the operator's defaults for what it does not say. Keys that the schema does not know
 * pass.
 * @param usual What a body means that does not say it.
 * @throws BedrockOpenAIError 400 naming the parameter that is wrong.
 */
export function validRequest<S extends Shape>(
  context: Pick<CallContext, "request" | "bedrock" | "caller" | "options" | "lent">,
  schema: Schema<S>,
  value: unknown,
  usual: JsonObject = {},
): Loose<S> {
  const said = withUsual(
    withNativeHeaders(withoutAccess(flattened(value), context), context.request.headers),
    usual,
  );
  return parseRequest(schema, withDefaults(said, context, schema.shape));
}

function withUsual(body: unknown, usual: JsonObject): unknown {
  if (!isObject(body)) return body;
  return { ...body, ...Object.fromEntries(Object.entries(usual).filter(([name]) => body[name] == null)) };
}
