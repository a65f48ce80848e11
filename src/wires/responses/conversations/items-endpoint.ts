import type { CallContext } from "../../../context.ts";
import { unknownUrl } from "../../../unknown-url.ts";

/** `GET /conversations/{id}/items`. */
export async function listItems({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `POST /conversations/{id}/items`. */
export async function createItems({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `GET /conversations/{id}/items/{item_id}`. */
export async function retrieveItem({ request }: CallContext, _id: string, _item: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `DELETE /conversations/{id}/items/{item_id}`. */
export async function deleteItem({ request }: CallContext, _id: string, _item: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
