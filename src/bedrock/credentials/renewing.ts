/** Something that ends. */
export interface Expiring {
  expiration?: Date | undefined;
}

/** What the SDK says when it asks for an identity. */
export interface Asking {
  /** AWS no longer takes the one that is held. */
  forceRefresh?: boolean;
}

/** How long before its end a thing is renewed; of what lives but shortly, after half its life. */
const EARLY_MS = 5 * 60_000;

/** Whoever just failed is not asked again at once, whatever the number of calls. */
const PAUSE_MS = 2_000;

interface Held<T> {
  value: T;
  renewAt: number;
  endsAt: number;
}

/**
 * Holds what `get` gives until it ends. It is asked for by one call at a time and shared by all, and renewed early: as long as
 * the one that is held lives, no call waits for the next, and none fails because it could not be had.
 * @param get Gets the next one, with the properties of the call that first needed it.
 * @returns Gives the one that is held. @throws What `get` throws, where none lives.
 */
export function renewing<T extends Expiring, Properties extends Asking>(
  get: (properties?: Properties) => Promise<T>,
): (properties?: Properties) => Promise<T> {
  let held: Held<T> | undefined;
  let pending: Promise<T> | undefined;
  let failed: { reason: unknown; at: number } | undefined;

  const renew = async (properties: Properties | undefined): Promise<T> => {
    try {
      const value = await get(properties);
      held = toHeld(value);
      failed = undefined;
      return value;
    } catch (reason) {
      failed = { reason, at: Date.now() };
      throw reason;
    } finally {
      pending = undefined;
    }
  };
  const next = async (properties: Properties | undefined): Promise<T> => {
    if (!pending && failed && Date.now() - failed.at < PAUSE_MS) throw failed.reason;
    return (pending ??= renew(properties));
  };

  return async (properties) => {
    const now = Date.now();
    if (!held || now >= held.endsAt) return next(properties);
    if (properties?.forceRefresh) return next(properties);
    // Its failure is told to whoever comes when none lives any more.
    if (now >= held.renewAt) next(properties).catch(() => undefined);
    return held.value;
  };
}

function toHeld<T extends Expiring>(value: T): Held<T> {
  const came = Date.now();
  const endsAt = value.expiration?.getTime() ?? Infinity;
  return { value, endsAt, renewAt: endsAt - Math.min(EARLY_MS, (endsAt - came) / 2) };
}
