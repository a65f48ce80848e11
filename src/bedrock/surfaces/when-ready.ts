import { pause } from "../pause.ts";

/** Calls again while a model is starting. */
export type WhenReady = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** The first wait is short, since most starts have begun before; later ones are no longer than this. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * An imported model that nobody called for a while takes up to five minutes to start; AWS answers ModelNotReadyException
 * meanwhile. Source: AWS's guide to imported models.
 * @param patience Milliseconds in all; no wait begins that would end later.
 */
export const createWhenReady =
  (patience: number): WhenReady =>
  async (call, signal) => {
    let waited = 0;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        return await call();
      } catch (error) {
        const starting = (error as Error | undefined)?.name === "ModelNotReadyException";
        if (!starting || waited + wait > patience) throw error;
        await pause(wait, signal);
        waited += wait;
      }
    }
  };
