import { createKept } from "../kept.ts";
import type { Awaitable } from "../../awaitable.ts";
import { atHand } from "../once.ts";

/** More Regions than AWS has; callers may name them. */
const MAX_CLIENTS = 64;

/**
 * A client for each Region, made when it is first asked for; the one that was longest unused is forgotten first.
 * @param most Clients that are kept.
 */
export function createPool<T>(
  make: (region: string | undefined) => Promise<T>,
  most = MAX_CLIENTS,
): (region: string | undefined) => Awaitable<T> {
  const clientOf = createKept<() => Awaitable<T>>(most);
  return (region) => clientOf(region ?? "", () => atHand(() => make(region)))();
}
