import { type OptionsOrHandler, toHandler } from "./_handler.ts";
import { type NodeContext, type NodeMiddleware, toNodeMiddleware } from "./_node.ts";

export type { NodeMiddleware, OptionsOrHandler };

/**
 * What `authorize(request, context)` gets, with the types of your Express:
 * `const { req } = context as ExpressContext<express.Request, express.Response>`.
 */
export type ExpressContext<
  Req extends NodeContext["req"] = NodeContext["req"],
  Res extends NodeContext["res"] = NodeContext["res"],
> = NodeContext<Req, Res>;

/**
 * Express middleware (4 and 5), before or after `express.json()`, under any mount: `app.use('/v1', bedrockOpenAI())`.
 * Parsers of uploads such as multer must come after it. `request.url` has neither the mount (`req.originalUrl` has) nor
 * what `trust proxy` knows; nothing but the end of its path is used. What goes wrong outside of a call, such as a logger
 * that throws, goes to `next(error)`.
 */
export const bedrockOpenAI = (optionsOrHandler?: OptionsOrHandler): NodeMiddleware =>
  toNodeMiddleware(toHandler(optionsOrHandler));
