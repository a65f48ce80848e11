/**
 * The words that requests are described in: those of zod's that we use, with zod's meaning, held against zod itself by
 * `test/properties/schemas.test.ts`. Why not zod: docs/decisions/034.
 */
export { array, int, number, string } from "./bounded.ts";
export type { Issue, RawIssue } from "./issue.ts";
export { looseObject, object, type Loose, type ObjectSchema, record, type Shape } from "./objects.ts";
export type { Finding, Schema, SchemaError } from "./schema.ts";
export { boolean, literal, never, oneOf as enum, unknown } from "./simple.ts";
export { discriminatedUnion, union } from "./unions.ts";

import type { Schema } from "./schema.ts";

export type output<S extends Schema> = S["output"];

/** What a transform returns with an issue. */
export const NEVER = undefined as never;
