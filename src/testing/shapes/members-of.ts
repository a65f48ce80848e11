import type { Members, Shape } from "./shape.ts";

/** The members of a structure, for shapes that share them. */
export function membersOf(shape: Shape | undefined): Members {
  return shape?.kind === "structure" ? shape.members : {};
}

/** Some members of a structure, none of which is required. */
export function pick(shape: Shape, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(membersOf(shape)).filter(([name]) => names.includes(name)));
}
