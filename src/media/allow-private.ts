import { classify, finalAddress, isInBlock } from "./address-class.ts";
import { isBlock } from "./allow-entry.ts";

/** One spelling for each host: lower case, no root dot, no brackets around IPv6. */
export const plainHost = (hostname: string): string => hostname.toLowerCase().replace(/\.$|^\[|\]$/g, "");

const isNamed = (host: string, entry: string): boolean =>
  entry.startsWith("*.") ? host.endsWith(entry.slice(1)) : host === entry;

/**
 * Whether a connection for `host` may go to `address`: to every global unicast address, to a private one where `host`
 * is listed, to any other but the metadata services where its block is listed.
 */
export function mayReach(host: string, address: string, allowPrivate: readonly string[]): boolean {
  const final = finalAddress(address);
  if (!final) return false;
  const is = classify(final);
  if (is === "public" || is === "metadata") return is === "public";
  return allowPrivate.some((entry) =>
    isBlock(entry) ? isInBlock(final, entry) : is === "private" && isNamed(host, entry.toLowerCase()),
  );
}
