import type { JsonObject } from "../../conversation/types.ts";
import { readInstant } from "./read-query.ts";

/** Whether an item stays in a listing, given the value of one member of the request. */
export type Filter = (item: JsonObject, wanted: unknown) => boolean;

export const equals =
  (member: string): Filter =>
  (item, wanted) =>
    item[member] === wanted;

export const contains =
  (member: string): Filter =>
  (item, wanted) =>
    String(item[member]).includes(String(wanted));

export const before =
  (member: string): Filter =>
  (item, wanted) =>
    Date.parse(String(item[member])) < readInstant(String(wanted));

export const after =
  (member: string): Filter =>
  (item, wanted) =>
    Date.parse(String(item[member])) > readInstant(String(wanted));
