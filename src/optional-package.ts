const MISSING: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/**
 * Was a package not installed, rather than one that it needs, or broken?
 *
 * What is installed only where it is wanted is imported by an `await import()` that stands in a `try` itself: so do esbuild,
 * webpack and Turbopack know that an app is to be built without it.
 */
export function isMissing(thrown: unknown, name: string): boolean {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  if (!MISSING.has(code)) return false;
  const [, missing = ""] = FIRST_QUOTED.exec(String(message)) ?? [];
  return missing === name || missing.startsWith(`${name}/`);
}

/** What is not there. Who asked for it comes after, with a path that may have the package's name in it. */
const FIRST_QUOTED = /["']([^"']*)["']/;
