/** What models load that are called in their own words. */
export { completionDialectOf, dialectOf } from "../dialects/dialects.ts";
export * from "./chat.ts";
