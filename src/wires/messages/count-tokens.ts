import type { CallContext } from "../../context.ts";
import { unknownUrl } from "../../unknown-url.ts";

/** `POST /messages/count_tokens`. */
export async function countMessageTokens({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
