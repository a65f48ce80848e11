import { createBedrock } from "./bedrock/bedrock.ts";
import { createPriceOf } from "./bedrock/models/price-of.ts";
import { type CallContext, createContext, type Services } from "./context.ts";
import { createReasoningMemory } from "./conversation/reasoning/memory.ts";
import { createMediaFetcher, fetchAll } from "./media/fetch-media.ts";
import type { BedrockOpenAIOptions, ResolvedOptions } from "./options.ts";
import { resolveOptions } from "./resolve-options.ts";
import { createSeal } from "./store/seal.ts";
import { createStore } from "./store/store.ts";
import { createObserve } from "./record/observe.ts";

/**
 * From a Web Request to a Web Response. It always resolves: failures are OpenAI error responses.
 * @param context What the door knows of the call, for the option `authorize`.
 */
export type BedrockOpenAIHandler = (request: Request, context?: unknown) => Promise<Response>;

/** What stands behind one handler. */
export interface House {
  options: ResolvedOptions;
  services: Services;
}

/** For functions that take a handler in the place of options. */
export const houses = new WeakMap<BedrockOpenAIHandler, House>();

/** @throws TypeError for an option that makes no sense. */
export function openHouse(given: BedrockOpenAIOptions): House {
  const options = resolveOptions(given);
  const fetcher = createMediaFetcher(options.media);
  return {
    options,
    services: {
      bedrock: createBedrock(options),
      memory: createReasoningMemory(),
      store: createStore(options),
      seal: createSeal(options.stateSecret),
      observe: createObserve(options, createPriceOf(options.prices)),
      fetchMedia: async (urls, signal) => (urls.size === 0 ? new Map() : fetchAll(urls, fetcher, signal)),
    },
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
export function callWithin(
  optionsOrHandler: BedrockOpenAIOptions | BedrockOpenAIHandler,
  signal: AbortSignal | undefined,
): CallContext {
  const house =
    typeof optionsOrHandler === "function" ? houses.get(optionsOrHandler) : houseOf(optionsOrHandler);
  if (!house) throw new TypeError("bedrock-openai: the handler is not one of createBedrockOpenAIHandler's.");
  return createContext(new Request("http://bedrock/"), house.options, house.services, signal);
}
