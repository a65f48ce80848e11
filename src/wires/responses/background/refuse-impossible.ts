import type { CallContext } from "../../../context.ts";
import { invalidRequest } from "../../../errors.ts";
import type { ResponsesRequest } from "../../../openai/responses/request.ts";
import type { Store } from "../../../store/store.ts";
import { hostWaitUntil, isFreezing } from "./host.ts";
import { refuseOneMore } from "./open-runs.ts";

const refused = (message: string): Error =>
  invalidRequest(message, { code: "unsupported_parameter", param: "background" });

/**
 * Where a response in the background is kept.
 * @throws BedrockOpenAIError 400 where it is not to be kept, or nobody would make it; 429 where too many are being made.
 */
export function refuseImpossible(
  { options, store }: Pick<CallContext, "options" | "store">,
  request: Pick<ResponsesRequest, "store">,
): Store {
  if (request.store === false)
    throw refused("Background mode requires 'store' to be true: the response is read when it is done.");
  if (!store) throw refused("Unsupported parameter: 'background'. This server keeps no responses.");
  if (!options.waitUntil && !hostWaitUntil() && isFreezing())
    throw refused(
      "Unsupported parameter: 'background'. This server stops when it has answered; its operator can change that with the option 'waitUntil'.",
    );
  refuseOneMore(store);
  return store;
}
