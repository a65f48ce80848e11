/** A timer for which no process stays alive. Where timers are a browser's, as in Electron and jsdom, they are numbers and never hold one. */
export function unref<Timer>(timer: Timer): Timer {
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
