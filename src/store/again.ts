/**
 * Tries what may be done twice, and again where it fails.
 * @param after How long it waits before each further try, in milliseconds.
 * @throws What it threw the last time, or what is not worth another try.
 */
export async function again<T>(
  attempt: () => Promise<T>,
  isWorthIt: (thrown: unknown) => boolean,
  after: readonly number[],
): Promise<T> {
  for (const ms of after)
    try {
      return await attempt();
    } catch (thrown) {
      if (!isWorthIt(thrown)) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  return attempt();
}
