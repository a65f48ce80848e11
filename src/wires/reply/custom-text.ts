import type { JsonObject } from "../../conversation/types.ts";
import { customInput } from "../request/custom-tools.ts";

/** The free text in a stand-in's arguments. An answer that was cut short leaves JSON that cannot be read: it is told as it is. */
export function customText(json: string): string {
  try {
    return customInput(JSON.parse(json === "" ? "{}" : json) as JsonObject);
  } catch {
    return json;
  }
}
