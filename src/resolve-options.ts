import { checkAreOptions } from "./check-names.ts";
import { checkOptions } from "./check-options.ts";
import type { BedrockOpenAIOptions, Logger, ResolvedOptions } from "./options.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Nobody asked it for a line on every call. */
const CONSOLE = Object.create(console, { info: { value: undefined } }) as Logger;

/**
 * The options with their defaults.
 * @throws TypeError for what makes no sense; see `checkOptions`.
 */
export function resolveOptions(options: BedrockOpenAIOptions): ResolvedOptions {
  checkAreOptions(options);
  const {
    firstByte = 60 * MINUTE,
    idle = 15 * MINUTE,
    ready = 5 * MINUTE,
    body = MINUTE,
  } = options.timeouts ?? {};
  const resolved = {
    ...options,
    storeTtl: options.storeTtl ?? 30 * DAY,
    maxBodyBytes: options.maxBodyBytes ?? 32 * 1024 * 1024,
    promptCache: options.promptCache ?? "explicit",
    retries: options.retries ?? 2,
    timeouts: { ...options.timeouts, firstByte, idle, ready, body },
    logger: options.logger ?? CONSOLE,
  };
  checkOptions(resolved);
  return resolved;
}
