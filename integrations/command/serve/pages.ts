import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { CommandFailure, EXIT } from "../terminal.ts";

type Cors = BedrockOpenAIOptions["cors"];

export interface DoorFlags {
  corsOrigin?: string[];
  maxConcurrency?: string;
}

/** What flags say of who may come in, over what the file says. @throws CommandFailure (usage) for what is no number. */
export function doorOptions(
  { corsOrigin, maxConcurrency }: DoorFlags,
  { cors }: Pick<BedrockOpenAIOptions, "cors">,
): Pick<BedrockOpenAIOptions, "cors" | "maxConcurrency"> {
  return {
    ...(corsOrigin && { cors: { ...(typeof cors === "object" && cors), origins: corsOrigin } }),
    ...(maxConcurrency !== undefined && { maxConcurrency: callsIn(maxConcurrency) }),
  };
}

function callsIn(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandFailure(`--max-concurrency must be a whole number, 1 or more, not '${text}'.`, EXIT.usage);
}

/** The pages that are listed by name: "any" names nobody. */
export function pagesOf(cors: Cors): ReadonlySet<string> {
  const origins = typeof cors === "object" ? [cors.origins ?? []].flat() : [];
  return new Set(origins.filter((origin) => origin !== "*"));
}
