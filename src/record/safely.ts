import type { Logger } from "../options.ts";

/** Who only watches fails no call. */
export function safely(logger: Logger, tell: () => void): void {
  try {
    tell();
  } catch (cause) {
    report(logger, cause);
  }
}

/** A logger may be what failed. */
export function report(logger: Logger, cause: unknown): void {
  try {
    logger.error("bedrock-openai: what was to be told of a call could not be told", { cause });
  } catch {
    // There is nobody left to tell.
  }
}
