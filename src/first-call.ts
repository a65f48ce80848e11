/**
 * What every first call loads. The bundler makes a file of each set of entries that shares code: as this one names all of the
 * root, and each group of endpoints all of this one, they are three files and not twenty.
 */
export { createHall } from "./hall.ts";
export * from "./index.ts";
// What several of those that are loaded later share, and would each be a file of its own.
export { isMissing } from "./optional-package.ts";
export { toFinishReason } from "./record/finish-reason.ts";
export { openServices } from "./services.ts";
