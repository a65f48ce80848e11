import { type OptionsOrHandler, toHandler } from "./_handler.ts";
import { isGone, type NodeMiddleware, toNodeMiddleware } from "./_node.ts";

export type { OptionsOrHandler };

/** Next's `NextApiRequest` and `NextApiResponse` are Node's own objects. */
export type NextApiHandler = (...call: Parameters<NodeMiddleware>) => Promise<void>;

/**
 * An API route of the Pages Router, in `pages/api/v1/[...path].ts`:
 *
 * ```ts
 * import { bedrockOpenAI } from 'bedrock-openai/next/pages';
 * export default bedrockOpenAI();
 * export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } };
 * ```
 *
 * Without `bodyParser: false` Next reads the body first, 1 MB of it at the most, and spoils uploads.
 * `authorize(request, context)` gets `{ req, res }`.
 */
export function bedrockOpenAI(optionsOrHandler?: OptionsOrHandler): NextApiHandler {
  const middleware = toNodeMiddleware(toHandler(optionsOrHandler));
  return (request, response) =>
    new Promise((resolve, reject) => {
      // Who has left already does not leave again.
      if (isGone(response)) return resolve();
      response.once("close", resolve);
      middleware(request, response, reject);
    });
}
