import { type OptionsOrHandler, toHandler } from "./_handler.ts";
import { leaveUnread } from "./_unread.ts";

export type { OptionsOrHandler };

/** What is read of Hono's `Context`. `authorize(request, context)` gets the whole of it. */
export interface HonoContext {
  env?: unknown;
  req: {
    raw: Request;
    bodyCache: object;
    arrayBuffer(): Promise<ArrayBuffer>;
    formData(): Promise<FormData>;
  };
  newResponse(body: ReadableStream | null, init: Response): Response;
}

/**
 * A Hono handler: `app.all('/v1/*', bedrockOpenAI())`, on Node (`@hono/node-server`), Bun, Deno, and Workers with
 * `nodejs_compat`. Middleware may have read the body before, by `c.req`.
 */
export function bedrockOpenAI(
  optionsOrHandler?: OptionsOrHandler,
): (context: HonoContext) => Promise<Response> {
  const handler = toHandler(optionsOrHandler);
  return async (context) => {
    const { raw } = context.req;
    const response = await handler(raw.bodyUsed ? await rebuilt(context) : raw, context);
    // What the app's middleware set with `c.header()` is lost on a Response that is not made by `c`.
    const { body } = response;
    // Middleware may answer something else in its place.
    (context.env as OnNode | undefined)?.outgoing?.once?.("close", () => leaveUnread(body));
    return context.newResponse(body, response);
  };
}

/** What `@hono/node-server` has put into the environment. */
interface OnNode {
  outgoing?: { once?(event: "close", listener: () => void): unknown };
}

/** Hono keeps what its middleware read of a body. */
async function rebuilt({ req }: HonoContext): Promise<Request> {
  const { url, method, signal } = req.raw;
  const headers = new Headers(req.raw.headers);
  headers.delete("content-length");
  const isForm = "formData" in req.bodyCache;
  // A form is written anew, with another boundary.
  if (isForm) headers.delete("content-type");
  const body = isForm ? await req.formData() : await req.arrayBuffer();
  return new Request(url, { method, headers, body, signal });
}
