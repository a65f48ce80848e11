import { type NodeMiddleware, type OptionsOrHandler, toHandler, toNodeMiddleware } from "./_node.ts";

export type { NodeMiddleware, OptionsOrHandler };

/**
 * Express middleware (4 and 5), before or after `express.json()`, under any mount:
 * `app.use('/v1', bedrockOpenAI())`.
 */
export const bedrockOpenAI = (optionsOrHandler?: OptionsOrHandler): NodeMiddleware =>
  toNodeMiddleware(toHandler(optionsOrHandler));
