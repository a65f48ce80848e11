import type { DataFamily } from "./data-family.ts";

/** Every family that InvokeModel serves and that does not converse. */
export const DATA_FAMILIES: readonly DataFamily[] = [];
