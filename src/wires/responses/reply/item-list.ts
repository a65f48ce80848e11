import type { ItemStatus, OutputItem } from "../../../openai/responses/response.ts";
import { itemPrefix } from "../item-prefix.ts";
import type { ItemWriter, Place, Write } from "./slot.ts";

/** An item in its place. */
export interface Slot<Writer extends ItemWriter = ItemWriter> {
  index: number;
  writer: Writer;
  /** Of the blocks that it is told from, those that are not complete. */
  open: Set<number>;
  /** What it became. */
  done?: OutputItem;
}

/**
 * The items of an answer, in the order in which they began. They are closed when the next one begins: until then more of the
 * same kind is more of the same item, and whether it was cut short is not known.
 */
export interface ItemList {
  /** @param type Of item. */
  add<Writer extends ItemWriter>(type: string, create: (place: Place) => Writer): Slot<Writer>;
  last(): Slot | undefined;
  /** Closes what is open. @param last How the last item ended. */
  close(last: ItemStatus): void;
  /** As far as they have come. */
  items(): OutputItem[];
}

export function createItemList(write: Write, newId: (prefix: string) => string): ItemList {
  const slots: Slot[] = [];
  const unfinished = new Set<Slot>();
  const finish = (slot: Slot, status: ItemStatus): void => {
    unfinished.delete(slot);
    slot.writer.close(status);
    slot.done = slot.writer.item(status);
    write({ type: "response.output_item.done", output_index: slot.index, item: slot.done });
  };
  return {
    add(type, create) {
      for (const slot of unfinished) if (slot.open.size === 0) finish(slot, "completed");
      const index = slots.length;
      const writer = create({ item_id: newId(itemPrefix(type)), output_index: index });
      const slot = { index, writer, open: new Set<number>() };
      slots.push(slot);
      unfinished.add(slot);
      return slot;
    },
    last: () => slots.at(-1),
    close(last) {
      for (const slot of unfinished) finish(slot, slot.index === slots.length - 1 ? last : "completed");
    },
    items: () => slots.map(({ done, writer }) => done ?? writer.item("incomplete")),
  };
}
