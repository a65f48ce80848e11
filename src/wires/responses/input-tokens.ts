import type { CallContext } from "../../context.ts";
import { unknownUrl } from "../../unknown-url.ts";

/** `POST /responses/input_tokens`. */
export async function countInputTokens({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
