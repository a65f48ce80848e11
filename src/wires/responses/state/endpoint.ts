import type { CallContext } from "../../../context.ts";
import { jsonResponse } from "../../../http/json.ts";
import { pageOf, readPage } from "../../../http/page.ts";
import { forgetBackground } from "../background/forget.ts";
import { asksForEvents, replayResponse } from "../background/replay.ts";
import { settled } from "../background/settled.ts";
import { askedBy, shownItem, shownResponse } from "../shown.ts";
import { found } from "./found.ts";
import { responseNotFound } from "./not-found.ts";
import { toResource } from "./resource.ts";

/** `GET /responses/{id}`, with `?stream=true` as a replay. */
export async function retrieveResponse(context: CallContext, id: string): Promise<Response> {
  const { stored } = await found(context, id);
  if (asksForEvents(context.request)) return replayResponse(context, stored);
  const { response } = await settled(context, stored);
  return jsonResponse(shownResponse(response, askedBy(context.request)));
}

/** `DELETE /responses/{id}`. */
export async function deleteResponse(context: CallContext, id: string): Promise<Response> {
  const { responses, stored } = await found(context, id);
  await forgetBackground(context, stored);
  // It may have come to its end meanwhile, and have more items.
  const last = (await responses.find(id)) ?? stored;
  await responses.forget(last.response);
  return jsonResponse({ id: stored.response.id, object: "response", deleted: true });
}

/** `GET /responses/{id}/input_items`. Its reasoning is told encrypted only where that is asked for. */
export async function listInputItems(context: CallContext, id: string): Promise<Response> {
  const wanted = readPage(context.request);
  const { responses } = await found(context, id);
  const input = await responses.inputOf(id);
  if (!input) throw responseNotFound(id);
  const items = input.map((item, position) => toResource(item, item.id ?? String(position)));
  const page = pageOf(items, wanted);
  const asked = askedBy(context.request);
  return jsonResponse({ ...page, data: page.data.map((item) => shownItem(item, asked)) });
}
