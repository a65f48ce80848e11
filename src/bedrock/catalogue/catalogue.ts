import type { Logger } from "../../options.ts";
import { Watch } from "../courier/watch.ts";
import { loggable } from "../errors/without-signature.ts";
import type { CatalogueEntry } from "./entry.ts";
import { describeFailures, isPassing, toListError } from "./failures.ts";
import { type Failure, gather, type Gathered } from "./gather.ts";
import { merge } from "./merge.ts";
import type { Source } from "./source.ts";

/** All that can be called, as AWS lists it. */
export interface Catalogue {
  /**
   * By id. What was listed within five minutes is not asked for again, unless `refresh`; where AWS gives nothing anew, what
   * it gave before stands.
   * @throws BedrockOpenAIError where no list could be had, ever.
   */
  list(asked: { refresh?: boolean; signal: AbortSignal }): Promise<readonly CatalogueEntry[]>;
  /** The ids that are known without asking. */
  remembered(): readonly string[] | undefined;
  /** The ids, asked for where need be, but waited for no longer than this. Never rejects. */
  idsWithin(ms: number): Promise<readonly string[] | undefined>;
}

export interface CatalogueOptions {
  logger: Pick<Logger, "warn">;
  /** Milliseconds. */
  now?: () => number;
  /** How long one list is waited for, in milliseconds. */
  patience?: number;
}

const TTL_MS = 5 * 60_000;

/** What is incomplete because AWS was busy or slow may be whole soon. */
const RETRY_MS = 30_000;

const PATIENCE_MS = 10_000;

/** However often callers ask for a new list, AWS is asked no more often than this. */
const FLOOR_MS = 5_000;

interface Known {
  entries: readonly CatalogueEntry[];
  since: number;
  until: number;
}

export function createCatalogue(
  sources: readonly Source[],
  { logger, now = Date.now, patience = PATIENCE_MS }: CatalogueOptions,
): Catalogue {
  let told: Gathered["told"] = new Map();
  let known: Known | undefined;
  let flight: Promise<readonly CatalogueEntry[]> | undefined;
  /** When a hint may ask again after all was refused. */
  let hintsFrom = -Infinity;

  async function refresh(): Promise<readonly CatalogueEntry[]> {
    const gathered = await gather(sources, told, patience);
    const { failures } = gathered;
    if (failures.length > 0) logger.warn(describeFailures(failures), { causes: failures.map(loggableOf) });
    if (gathered.told.size === 0) {
      hintsFrom = now() + RETRY_MS;
      throw toListError(failures);
    }
    ({ told } = gathered);
    const entries = merge([...told.values()].flat(), now());
    known = { entries, since: now(), until: now() + (failures.some(isPassing) ? RETRY_MS : TTL_MS) };
    return entries;
  }

  function ask(): Promise<readonly CatalogueEntry[]> {
    flight ??= refresh().finally(() => (flight = undefined));
    return flight;
  }

  const fresh = (): Known | undefined => (known && now() < known.until ? known : undefined);
  const remembered = (): readonly string[] | undefined => known?.entries.map(({ id }) => id);

  return {
    async list({ refresh: anew = false, signal }) {
      const isNew = known !== undefined && now() - known.since < FLOOR_MS;
      const held = anew && !isNew ? undefined : fresh();
      return held?.entries ?? waited(ask(), signal);
    },
    remembered,
    async idsWithin(ms) {
      if (!fresh() && now() >= hintsFrom) {
        await waited(ask(), AbortSignal.timeout(ms)).catch(() => undefined);
      }
      return remembered();
    },
  };
}

const loggableOf = ({ action, error }: Failure): Failure => ({ action, error: loggable(error) });

/** What all wait for together goes on when one of them leaves. */
async function waited<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const watch = new Watch(signal);
  try {
    return await watch.race(work);
  } finally {
    watch.end();
  }
}
