import { createHash } from "node:crypto";
import { MISTRAL } from "../rules/tool-ids.ts";

const MISTRAL_LENGTH = 9;
const LENGTH = 22;

/** An id of the form in which the model's vendor makes them; the same for the same seed and index. */
export function toolUseId(seed: string, index: number, baseId: string): string {
  const hash = createHash("sha256").update(`${seed}#${index}`).digest("base64url").replace(/[_-]/g, "0");
  return MISTRAL.test(baseId) ? hash.slice(0, MISTRAL_LENGTH) : `tooluse_${hash.slice(0, LENGTH)}`;
}
