import { unref } from "./unref.ts";

/** How long an answer waits for its reader. A client that shows nothing for so long has gone without a word. */
export const UNREAD_MS = 15 * 60_000;

/** No `AbortError`: to clients that would look like an answer that had ended well. */
export const unread = (): Error => new Error("Nobody read this answer for 15 minutes.");

export interface Reading {
  /** Something waits to be read. */
  pause(): void;
  /** It was read. */
  resume(): void;
}

/** Ends an answer that nobody reads, whose model would be paid and whose place be held for ever. */
export function watchReading(leave: (reason: Error) => void): Reading {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    pause() {
      // It must not keep a process alive either.
      timer = unref(setTimeout(() => leave(unread()), UNREAD_MS));
    },
    resume: () => clearTimeout(timer),
  };
}
