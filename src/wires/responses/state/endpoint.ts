import type { CallContext } from "../../../context.ts";
import { unknownUrl } from "../../../unknown-url.ts";

/** `GET /responses/{id}`, with `?stream=true` as a replay. */
export async function retrieveResponse({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `DELETE /responses/{id}`. */
export async function deleteResponse({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `GET /responses/{id}/input_items`. */
export async function listInputItems({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
