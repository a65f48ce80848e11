import { createBedrock } from "./bedrock/bedrock.ts";
import { once } from "./bedrock/once.ts";
import { createPriceOf } from "./bedrock/models/price-of.ts";
import type { Services } from "./context.ts";
import { createReasoningMemory } from "./conversation/reasoning/memory.ts";
import type { ResolvedOptions } from "./options.ts";
import { createObserve } from "./record/observe.ts";
import { createSeal } from "./store/seal.ts";
import { createStore } from "./store/store.ts";

/** All that stands behind a handler, of options that were checked. Loaded by the first call, as it is most of the code. */
export async function openServices(options: ResolvedOptions): Promise<Services> {
  const { createTelemetry } = options.telemetry ? await import("./endpoints/telemetry.ts") : {};
  const media = once(async () => {
    const { createMediaFetcher, fetchAll } = await import("./endpoints/media.ts");
    return { fetcher: createMediaFetcher(options.media), fetchAll };
  });
  return {
    bedrock: createBedrock(options),
    memory: createReasoningMemory(),
    store: createStore(options),
    seal: createSeal(options.stateSecret),
    observe: createObserve(options, createPriceOf(options.prices), createTelemetry?.(options)),
    async fetchMedia(urls, signal) {
      if (urls.size === 0) return new Map();
      const { fetcher, fetchAll } = await media();
      return fetchAll(urls, fetcher, signal);
    },
  };
}
