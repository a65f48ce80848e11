import { once } from "./bedrock/once.ts";
import { type CallContext, createContext, type Services } from "./context.ts";
import type { BedrockOpenAIOptions, ResolvedOptions } from "./options.ts";
import { resolveMediaOptions } from "./media/options.ts";
import { resolveOptions } from "./resolve-options.ts";

/**
 * From a Web Request to a Web Response. It always resolves: failures are OpenAI error responses.
 * @param context What the door knows of the call, for the option `authorize`.
 */
export type BedrockOpenAIHandler = (request: Request, context?: unknown) => Promise<Response>;

/** What stands behind one handler. */
export interface House {
  options: ResolvedOptions;
  /** Loaded and made by the first call. */
  services: () => Promise<Services>;
}

/** For functions that take a handler in the place of options. */
export const houses = new WeakMap<BedrockOpenAIHandler, House>();

/** @throws TypeError for an option that makes no sense. */
export function openHouse(given: BedrockOpenAIOptions): House {
  const options = resolveOptions(given);
  resolveMediaOptions(options.media ?? {});
  return {
    options,
    services: once(async () => {
      const { openServices } = await import("./first-call.ts");
      return openServices(options);
    }),
  };
}

/** No options at all, the same every time. */
export const AMBIENT: BedrockOpenAIOptions = {};

/** Of options that were given before: whoever counts or asks often keeps its connections, and what was learnt. */
const housesOfOptions = new WeakMap<BedrockOpenAIOptions, House>();

function houseOf(options: BedrockOpenAIOptions): House {
  const house = housesOfOptions.get(options) ?? openHouse(options);
  housesOfOptions.set(options, house);
  return house;
}

/**
 * A call that no request stands behind. It is to be released when it is over.
 * @throws TypeError for a function that is not a handler of this package.
 */
export async function callWithin(
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler,
  signal: AbortSignal | undefined,
): Promise<CallContext> {
  const house =
    typeof optionsOrHandler === "function" ? houses.get(optionsOrHandler) : houseOf(optionsOrHandler);
  if (!house) throw new TypeError("bedrock-openai: the handler is not one of createBedrockOpenAIHandler's.");
  return createContext(undefined, house.options, await house.services(), signal);
}
