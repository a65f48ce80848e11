import type { ResponseEvent } from "../../../openai/responses/events.ts";
import type { ItemStatus, OutputItem } from "../../../openai/responses/response.ts";

/** Where an item stands in the answer: in all events that tell of it. */
export interface Place {
  item_id: string;
  output_index: number;
}

/** Takes an event of the answer. */
export type Write = (event: ResponseEvent) => void;

/** An item of the answer that is being told. */
export interface ItemWriter {
  /** As far as it has come. */
  item(status: ItemStatus): OutputItem;
  /** Tells what is left of it, without `response.output_item.done`. */
  close(status: ItemStatus): void;
}
