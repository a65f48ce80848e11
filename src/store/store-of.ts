import type { CallContext } from "../context.ts";
import { unknownUrl } from "../unknown-url.ts";
import type { Store } from "./store.ts";

/** The store of this handler, for endpoints that are there only with one. @throws BedrockOpenAIError 404 without. */
export function storeOf({ store, request }: Pick<CallContext, "store" | "request">): Store {
  if (store) return store;
  throw unknownUrl(request.method, new URL(request.url).pathname);
}
