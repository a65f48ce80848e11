import type { CallContext } from "../../../context.ts";
import { unknownUrl } from "../../../unknown-url.ts";

/** `POST /conversations`. */
export async function createConversation({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `GET /conversations/{id}`. */
export async function retrieveConversation({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `POST /conversations/{id}`. */
export async function updateConversation({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}

/** `DELETE /conversations/{id}`. */
export async function deleteConversation({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
