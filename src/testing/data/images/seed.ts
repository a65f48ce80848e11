import { createHash } from "node:crypto";
import type { JsonObject } from "../image-tools.ts";

/** Stability's seed. Without one, and for 0, the model chooses: here by what was asked, so that it says the same twice. */
export function seedOf(body: JsonObject, baseId: string): number {
  if (typeof body["seed"] === "number" && body["seed"] > 0) return body["seed"];
  const hash = createHash("sha256").update(JSON.stringify([baseId, body]));
  return Math.max(1, hash.digest().readUInt32BE(0) - 1);
}
