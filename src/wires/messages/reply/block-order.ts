import type { MessageEvent } from "../../../anthropic/response.ts";

export type BlockEvent = Extract<MessageEvent, { index: number }>;

/** Tells blocks one after another, as Anthropic does: clients hold but one that is being told. */
export interface BlockOrder {
  tell(event: BlockEvent): void;
  /** Whether blocks wait until the one that is being told has ended. */
  holds(): boolean;
}

/** @param tell Takes the events in order. Indexes rise from 0 without gaps, in the order in which blocks begin. */
export function createBlockOrder(tell: (event: BlockEvent) => void): BlockOrder {
  const waiting = new Map<number, BlockEvent[]>();
  let current = 0;

  const hold = (event: BlockEvent): void => {
    const held = waiting.get(event.index);
    if (held) held.push(event);
    else waiting.set(event.index, [event]);
  };
  const tellNext = (): void => {
    let held: BlockEvent[] | undefined;
    do {
      current += 1;
      held = waiting.get(current);
      waiting.delete(current);
      for (const event of held ?? []) tell(event);
    } while (held?.at(-1)?.type === "content_block_stop");
  };

  return {
    tell(event) {
      if (event.index !== current) return hold(event);
      tell(event);
      if (event.type === "content_block_stop") tellNext();
    },
    holds: () => waiting.size > 0,
  };
}
