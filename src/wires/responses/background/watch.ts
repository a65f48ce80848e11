import { BEAT_MS } from "./lease.ts";
import { type Pause, pause } from "./pause.ts";
import type { Records } from "./records.ts";
import { LOOK_MS, type Wish } from "./wish.ts";

/** Says again and again that somebody is at work, and looks what is wanted of it. */
export function watch(
  records: Pick<Records, "beat" | "lookForWish">,
  onWish: (wish: Wish) => void,
): { stop(): Promise<void> } {
  let isOver = false;
  let nap: Pause | undefined;
  let lastBeat = performance.now();

  const look = async (): Promise<void> => {
    if (performance.now() - lastBeat >= BEAT_MS) {
      await records.beat();
      lastBeat = performance.now();
    }
    const wanted = await records.lookForWish();
    if (wanted && !isOver) onWish(wanted);
  };
  const watching = (async () => {
    while (!isOver) {
      // A store that is away is asked again.
      await look().catch(() => undefined);
      if (isOver) return;
      nap = pause(LOOK_MS);
      await nap.over;
    }
  })();
  return {
    stop() {
      isOver = true;
      nap?.wake();
      return watching;
    },
  };
}
