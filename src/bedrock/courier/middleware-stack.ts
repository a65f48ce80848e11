/** The part of the SDK's middleware stack that is used; commands of every operation have it. */
export interface MiddlewareStack {
  addRelativeTo(
    middleware: never,
    options: { relation: "after" | "before"; toMiddleware: string; name: string },
  ): void;
}

type Name = `bedrockOpenAI${string}`;

/** Puts a step of ours behind one that is there. @param middleware As the SDK calls it, with types of the step's own. */
export const addAfter = (
  stack: MiddlewareStack,
  toMiddleware: string,
  name: Name,
  middleware: unknown,
): void => stack.addRelativeTo(middleware as never, { relation: "after", toMiddleware, name });

/** The same in front of it. */
export const addBefore = (
  stack: MiddlewareStack,
  toMiddleware: string,
  name: Name,
  middleware: unknown,
): void => stack.addRelativeTo(middleware as never, { relation: "before", toMiddleware, name });
