const MISSING: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/**
 * Was a package not installed, rather than one that it needs, or broken?
 *
 * What is installed only where it is wanted is imported by an `await import()` that stands in a `try` itself: so do esbuild,
 * webpack and Turbopack know that an app is to be built without it.
 */
export const isMissing = (thrown: unknown, name: string): boolean =>
  MISSING.has((thrown as { code?: unknown } | undefined)?.code) &&
  String((thrown as Error).message).includes(name);
