import { type OptionsOrHandler, toHandler } from "./_handler.ts";

export type { OptionsOrHandler };

/** What Next hands a route handler beside the request, and `authorize(request, context)` gets. */
export interface NextContext {
  /** The dynamic segments: `{ path: ['chat', 'completions'] }` under `[...path]`. */
  params: Promise<Record<string, string | string[] | undefined>>;
}

export type NextRouteHandler = (request: Request, context: NextContext) => Promise<Response>;

/**
 * Route handlers of the App Router, in a catch-all segment such as `app/api/v1/[...path]/route.ts`:
 *
 * ```ts
 * import { bedrockOpenAI } from 'bedrock-openai/next';
 * export const { GET, POST, DELETE, OPTIONS, HEAD } = bedrockOpenAI();
 * export const runtime = 'nodejs'; // the AWS SDK needs it; it is Next's default
 * export const maxDuration = 300;  // seconds, where the host bounds them: a long answer is one request
 * ```
 *
 * A caller who leaves aborts `request.signal`, and with it the call to AWS. Next's `compress` leaves streams alone.
 * Background responses are done wherever Next's `after` works; elsewhere give its like as the option `waitUntil`.
 */
export function bedrockOpenAI(
  optionsOrHandler?: OptionsOrHandler,
): Record<"GET" | "POST" | "DELETE" | "OPTIONS" | "HEAD", NextRouteHandler> {
  const handler = toHandler(optionsOrHandler);
  const answer: NextRouteHandler = (request, context) => handler(request, context);
  return { GET: answer, POST: answer, DELETE: answer, OPTIONS: answer, HEAD: answer };
}
