import type { CallContext } from "../../context.ts";
import { unknownUrl } from "../../unknown-url.ts";

/** `POST /messages`. Source: Anthropic API reference, "Create a Message". */
export async function createMessage({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
