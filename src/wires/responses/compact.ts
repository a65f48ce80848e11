import type { CallContext } from "../../context.ts";
import { unknownUrl } from "../../unknown-url.ts";

/** `POST /responses/compact`. */
export async function compactResponse({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
