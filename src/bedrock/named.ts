/**
 * A CommonJS package's exports by their names, as Node gives them. Where esbuild splits a bundle, an import of one has nothing but
 * all of them as its `default`.
 */
export const named = <Exports extends object>(imported: Exports): Exports =>
  Object.keys(imported).join() === "default" ? (imported as { default: Exports }).default : imported;
