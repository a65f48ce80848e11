import { jsonResponse } from "./http/json.ts";

/** Says that this process answers; it asks nothing of AWS. */
export const health = (): Response => jsonResponse({ status: "OK" });
