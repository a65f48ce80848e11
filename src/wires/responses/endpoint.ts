import type { CallContext } from "../../context.ts";
import { unknownUrl } from "../../unknown-url.ts";

/** `POST /responses`. Source: OpenAI API reference, "Create a model response". */
export async function createResponse({ request }: CallContext): Promise<Response> {
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
