import * as z from "../../schema/z.ts";
import { listOf } from "../list-of.ts";
import { metadata, type Metadata } from "../metadata.ts";
import { inputItem } from "./items.ts";

/** Conversations, as OpenAI's API reference defines them. */

const MAX_ITEMS = 20;

export const createConversationRequest = z.looseObject({
  metadata: metadata.nullish(),
  items: listOf(inputItem, 0, MAX_ITEMS).nullish(),
});

export const createItemsRequest = z.looseObject({ items: listOf(inputItem, 1, MAX_ITEMS) });

export interface Conversation {
  id: string;
  object: "conversation";
  /** Unix seconds. */
  created_at: number;
  metadata: Metadata;
}
