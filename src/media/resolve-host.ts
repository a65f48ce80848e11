import { type LookupAddress, promises as dns } from "node:dns";
import { isIP } from "node:net";
import { mayReach, plainHost } from "./allow-private.ts";
import { DownloadFailure } from "./failure.ts";

/** Every address of a host name. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

export const systemLookup: Lookup = (host) => dns.lookup(host, { all: true });

/**
 * The addresses that a connection to `hostname` may use. A name with a single address that is not allowed is refused
 * altogether: who gives out such an answer is not to be trusted with the next one.
 */
export async function resolveHost(
  hostname: string,
  allowPrivate: readonly string[],
  lookup: Lookup,
): Promise<readonly LookupAddress[]> {
  const host = plainHost(hostname);
  const family = isIP(host);
  const addresses = family === 0 ? await lookup(host) : [{ address: host, family }];
  if (!addresses.every(({ address }) => mayReach(host, address, allowPrivate))) {
    throw new DownloadFailure("address");
  }
  return addresses;
}
