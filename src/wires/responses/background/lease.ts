import type { Kept } from "../../../store/kept.ts";

/** Says that somebody works at a response: written again and again, and gone soon after the one who wrote it. */
export interface Lease {
  /** Unix milliseconds. */
  until: number;
}

/** How often it is written. */
export const BEAT_MS = 5_000;

/** How long it holds: a process that does not write for so long is dead, or as good as dead. */
export const LEASE_MS = 20_000;

/** For stores that never forget, and clocks that differ. */
const TOLERANCE_MS = 60_000;

const leaseId = (id: string): string => `${id}:lease`;

/** Takes it, or says again that it is held. */
export const takeLease = (leases: Kept<Lease>, id: string): Promise<void> =>
  leases.put(leaseId(id), { until: Date.now() + LEASE_MS }, LEASE_MS);

export const dropLease = (leases: Kept<Lease>, id: string): Promise<void> => leases.remove(leaseId(id));

/** Whether somebody holds it. */
export async function isLeased(leases: Kept<Lease>, id: string): Promise<boolean> {
  const lease = await leases.get(leaseId(id));
  return lease !== undefined && lease.until + TOLERANCE_MS > Date.now();
}
