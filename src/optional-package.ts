/**
 * A package that is installed only where it is wanted.
 * @param name As it is installed.
 * @param refusal What is thrown where it is not installed.
 * @throws Whatever else went wrong while it was loaded.
 */
export async function optionalPackage<T>(
  name: string,
  load: () => Promise<T>,
  refusal: (cause: unknown) => Error,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw isMissing(cause, name) ? refusal(cause) : cause;
  }
}

const MISSING: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/** Of the package itself, not of one that it needs. */
export const isMissing = (thrown: unknown, name: string): boolean =>
  MISSING.has((thrown as { code?: unknown } | undefined)?.code) &&
  String((thrown as Error).message).includes(name);
