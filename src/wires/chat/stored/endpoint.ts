import type { CallContext } from "../../../context.ts";
import { unknownUrl } from "../../../unknown-url.ts";

/** `GET /chat/completions`. */
export async function listStored({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `GET /chat/completions/{id}`. */
export async function retrieveStored({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `POST /chat/completions/{id}`. */
export async function updateStored({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `DELETE /chat/completions/{id}`. */
export async function deleteStored({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `GET /chat/completions/{id}/messages`. */
export async function listStoredMessages({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
