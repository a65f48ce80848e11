import { refuseBroken } from "../credentials/broken-key.ts";

/** The parts of an SDK client that are used. */
interface Client {
  middlewareStack: {
    addRelativeTo(
      middleware: never,
      options: { relation: "before"; toMiddleware: string; name: string },
    ): void;
  };
}

interface Context {
  __smithy_context?: { selectedHttpAuthScheme?: { identity: object } };
}

type Next = (args: object) => unknown;

/** Before signing, whatever the SDK has found: what follows would fail by a header that cannot be sent, or by AWS. */
export function checkKeys({ middlewareStack }: Client): void {
  middlewareStack.addRelativeTo(check as never, {
    relation: "before",
    toMiddleware: "httpSigningMiddleware",
    name: "bedrockOpenAICheckKeys",
  });
}

const check =
  (next: Next, { __smithy_context: chosen }: Context) =>
  async (args: object): Promise<unknown> => {
    refuseBroken(chosen?.selectedHttpAuthScheme?.identity ?? {});
    return next(args);
  };
