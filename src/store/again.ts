/**
 * In milliseconds. A connection that is only being made, or made anew, is there by then: clients that do not hold commands refuse
 * all but the first meanwhile.
 */
const AGAIN_AFTER: readonly number[] = [100, 400];

/** Tries what may be done twice, and again where it fails. @throws What it threw the last time. */
export async function again<T>(
  attempt: () => Promise<T>,
  isWorthIt: (thrown: unknown) => boolean,
): Promise<T> {
  for (const ms of AGAIN_AFTER)
    try {
      return await attempt();
    } catch (thrown) {
      if (!isWorthIt(thrown)) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  return attempt();
}
