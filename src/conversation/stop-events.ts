import { cutStopReason } from "./stop-content.ts";
import { createStopSearch } from "./stop-search.ts";
import { createTextQueue } from "./text-queue.ts";
import type { ConverseStreamEvent } from "./types.ts";

export interface EventCutter {
  push(event: ConverseStreamEvent): ConverseStreamEvent[];
  /** What is left to say when no event follows: what waited, and of a cut answer its end. */
  end(): ConverseStreamEvent[];
  isCut(): boolean;
}

/** `cutResponse` for a stream. Held back is what may be the beginning of a stop sequence, and nothing else. */
export function createEventCutter(stopAt: readonly string[]): EventCutter {
  const search = createStopSearch(stopAt);
  const queue = createTextQueue();
  let isCut = false;
  let isEnded = false;

  const cut = (at: number): ConverseStreamEvent[] => {
    isCut = true;
    const said = queue.take(at);
    const contentBlockIndex = queue.block();
    return contentBlockIndex === undefined ? said : [...said, { contentBlockStop: { contentBlockIndex } }];
  };

  /** Nothing that was said before can become a stop sequence by what follows. */
  const endRun = (): ConverseStreamEvent[] => {
    const at = search.end();
    if (at !== undefined) return cut(at);
    const said = queue.take(Infinity);
    search.reset();
    queue.reset();
    return said;
  };

  const afterCut = (event: ConverseStreamEvent): ConverseStreamEvent[] => {
    if (event.metadata) return [event];
    if (!event.messageStop) return [];
    isEnded = true;
    return [
      { messageStop: { ...event.messageStop, stopReason: cutStopReason(event.messageStop.stopReason) } },
    ];
  };

  return {
    push(event) {
      if (isCut) return afterCut(event);
      const text = event.contentBlockDelta?.delta.text;
      if (text === undefined && endsRun(event)) {
        const said = endRun();
        return [...said, ...(isCut ? afterCut(event) : [event])];
      }
      queue.put(event);
      const found = text === undefined ? undefined : search.push(text);
      return found === undefined ? queue.take(search.safe()) : cut(found);
    },
    end() {
      const said = isCut ? [] : endRun();
      return isCut && !isEnded ? [...said, ...afterCut({ messageStop: { stopReason: "end_turn" } })] : said;
    },
    isCut: () => isCut,
  };
}

/** Neither text nor what stands around text: a thought, a call, the end. */
function endsRun({ contentBlockStart, contentBlockDelta, contentBlockStop }: ConverseStreamEvent): boolean {
  if (contentBlockDelta) return contentBlockDelta.delta.citation === undefined;
  return contentBlockStart ? contentBlockStart.start?.toolUse !== undefined : !contentBlockStop;
}
