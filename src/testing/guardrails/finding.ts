import type { JsonObject } from "../../conversation/types.ts";

/** Something that a policy has looked for, in AWS's members but for the action. */
export interface Finding extends JsonObject {
  detected: boolean;
}
