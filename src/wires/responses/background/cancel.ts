import type { CallContext } from "../../../context.ts";
import { unknownUrl } from "../../../unknown-url.ts";

/** `POST /responses/{id}/cancel`. */
export async function cancelResponse({ request }: CallContext, _id: string): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
