import { once } from "./bedrock/once.ts";
import { toBedrockOpenAIError } from "./errors.ts";
import { type BedrockOpenAIHandler, type House, houses, openHouse } from "./house.ts";
import type { BedrockOpenAIOptions } from "./options.ts";

/**
 * Makes the handler that speaks OpenAI to its callers and Bedrock to AWS. Nothing is loaded or connected before the
 * first call. Paths are matched by their end, so it may be mounted anywhere.
 * @throws TypeError for an option that makes no sense.
 */
export function createBedrockOpenAIHandler(options: BedrockOpenAIOptions = {}): BedrockOpenAIHandler {
  const house = openHouse(options);
  let opened: BedrockOpenAIHandler | undefined;
  const hall = once(async () => {
    const [{ createHall }, services] = await Promise.all([import("./first-call.ts"), house.services()]);
    return (opened = createHall(house.options, services));
  });
  const handler: BedrockOpenAIHandler = (request, door) =>
    opened?.(request, door) ??
    hall()
      .catch((thrown: unknown) => notOpened(thrown, house))
      .then((open) => open(request, door));
  houses.set(handler, house);
  return handler;
}

/** A file that cannot be read is no reason to reject: callers are answered, and the next call tries again. */
function notOpened(thrown: unknown, { options }: House): BedrockOpenAIHandler {
  const error = toBedrockOpenAIError(thrown);
  options.logger.error("bedrock-openai: the code that answers calls could not be loaded.", {
    status: error.status,
    cause: error.cause,
  });
  return async () => error.toResponse();
}
