import { profileMissing } from "../credentials/failures.ts";
import { isNothingFound } from "../errors/nothing-found.ts";

/** The parts of an SDK client that are used. */
interface Client {
  middlewareStack: {
    add(middleware: never, options: { step: "initialize"; name: string }): void;
  };
}

type Next = (args: object) => Promise<unknown>;

/** The SDK does not say that it was told where to look. */
export function tellProfile({ middlewareStack }: Client): void {
  middlewareStack.add(tell as never, { step: "initialize", name: "bedrockOpenAITellProfile" });
}

const tell =
  (next: Next) =>
  async (args: object): Promise<unknown> => {
    try {
      return await next(args);
    } catch (thrown) {
      throw isNothingFound(thrown) ? profileMissing(thrown) : thrown;
    }
  };
