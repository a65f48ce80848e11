/** The part of the SDK's middleware stack that is used; commands of every operation have it. */
export interface MiddlewareStack {
  addRelativeTo(middleware: never, options: { relation: "after"; toMiddleware: string; name: string }): void;
}

/** Puts a step of ours behind one that is there. @param middleware As the SDK calls it, with types of the step's own. */
export const addAfter = (
  stack: MiddlewareStack,
  toMiddleware: string,
  name: `bedrockOpenAI${string}`,
  middleware: unknown,
): void => stack.addRelativeTo(middleware as never, { relation: "after", toMiddleware, name });
