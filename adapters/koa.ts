import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../src/index.ts";
import { toHandler, withoutMount } from "./_handler.ts";
import { tellHeaders } from "./_headers.ts";
import { ask, isGone, type NodeContext } from "./_node.ts";
import { toNodeBody } from "./_send.ts";

export interface KoaMount {
  /** Where it answers, such as `/v1`; other requests go on to `next()`. Default: everywhere. */
  prefix?: string;
}

/** What is used of Koa's `ctx`, 2 and 3. `authorize(request, context)` gets the whole of it: `context as Koa.Context`. */
export interface KoaContext extends NodeContext {
  readonly path: string;
  readonly request: { body?: unknown; rawBody?: unknown };
  readonly headerSent: boolean;
  status: number;
  body: unknown;
  set(name: string, value: string): void;
  onerror(error: Error): void;
}

export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<unknown>;

/**
 * Koa middleware: `app.use(bedrockOpenAI({ prefix: '/v1' }))`, or with a handler that several mounts share
 * `app.use(bedrockOpenAI(handler, { prefix: '/v1' }))`. Before or after a body parser, under `koa-mount` and
 * `koa-compress`; parsers of uploads must come after it. The answer is `ctx.body`, so what stands before sees it; what
 * goes wrong outside of a call goes to `app.on('error')`.
 * @throws TypeError for a prefix that no path begins with.
 */
export function bedrockOpenAI(
  optionsOrHandler: (BedrockOpenAIOptions & KoaMount) | BedrockOpenAIHandler = {},
  mount: KoaMount = typeof optionsOrHandler === "function" ? {} : optionsOrHandler,
): KoaMiddleware {
  const handler = toHandler(
    typeof optionsOrHandler === "function" ? optionsOrHandler : withoutMount(optionsOrHandler, ["prefix"]),
  );
  const isHere = startingWith(mount.prefix ?? "/");
  return async (context, next) => {
    if (!isHere(context.path)) return next();
    const { req, res, request } = context;
    // Not `writable`, which Koa denies of every answer to HEAD over HTTP/2.
    if (context.headerSent) throw new Error("bedrock-openai: the response was begun before it came here.");
    if (isGone(res)) return undefined;
    const answer = await ask(handler, { req, res, parsed: request }, context);
    // In this order: Koa derives a status and a type from a body for which none is set.
    context.body = watched(toNodeBody(answer), context);
    context.status = answer.status;
    tellHeaders(answer, (name, value) => context.set(name, value));
    return undefined;
  };
}

function startingWith(prefix: string): (path: string) => boolean {
  if (!/^\/[^?#*:]*$/.test(prefix))
    throw new TypeError(`bedrock-openai: 'prefix' must be a path such as '/v1', not '${prefix}'.`);
  const bare = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  return (path) => path === bare || path.startsWith(`${bare}/`);
}

function watched(body: ReturnType<typeof toNodeBody>, context: KoaContext): unknown {
  if (body === null || typeof body === "string") return body;
  const fail = context.onerror.bind(context);
  // A caller who leaves is no failure of the app's; Koa 3 would print each with its stack.
  Object.assign(context, { onerror: (error: Error) => isLeaving(error) || fail(error) });
  // Koa 2 leaves an answer open that broke off, as if there were more to come.
  body.once("error", () => context.headerSent && context.res.destroy());
  return body;
}

const isLeaving = (error?: NodeJS.ErrnoException): boolean => error?.code === "ERR_STREAM_PREMATURE_CLOSE";
