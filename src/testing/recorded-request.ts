import type { IncomingMessage, ServerResponse } from "node:http";
import { isComplete } from "./wire/listener.ts";

/** One exchange as the emulator saw it. It fills while the exchange runs. */
export interface RecordedRequest {
  readonly method: string;
  /** As it stood on the request line: undecoded, without the query. */
  readonly path: string;
  readonly query: Record<string, string>;
  /**
   * AWS's name of it: `Converse`, `InvokeModel`, `GetInferenceProfile`, … The native paths have none, and are called by
   * host and API: `RuntimeChatCompletions`, `RuntimeResponses`, `RuntimeMessages`, `MantleChatCompletions`,
   * `MantleResponses`, `MantleMessages`, `MantleCountTokens`, `MantleListModels`, `MantleGetModel`. Else `Unknown`.
   */
  readonly operation: string;
  /** Or the id of what else is read: percent-decoded from the path; on the native paths, from the body. */
  readonly modelId?: string;
  readonly headers: Record<string, string>;
  /** The parsed JSON body; undefined while it arrives, when it is empty, and when it is not JSON. */
  readonly body: unknown;
  readonly status?: number;
  /** The client closed the socket before the answer was complete. */
  readonly aborted: boolean;
  /** Resolves when the exchange is over, either way. */
  readonly closed: Promise<void>;
}

/** The emulator's own, writable view of a record. */
export type OpenRecord = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** Starts the record of an exchange; `serverLeft` tells whether it was the emulator that cut the socket. */
export function recordExchange(
  request: IncomingMessage,
  response: ServerResponse,
  serverLeft: () => boolean,
): OpenRecord {
  const [path = "/", query] = (request.url ?? "/").split("?");
  const record: OpenRecord = {
    method: request.method ?? "GET",
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    operation: "Unknown",
    headers: flatHeaders(request),
    body: undefined,
    aborted: false,
    closed: new Promise((resolve) => {
      response.once("close", () => {
        record.aborted = !isComplete(response) && !serverLeft();
        resolve();
      });
    }),
  };
  return record;
}

/** Lower-case names, as HTTP/1.1 would have them: `:authority` is the host. */
function flatHeaders({ headers }: IncomingMessage): Record<string, string> {
  const { ":authority": authority, ...named } = headers;
  const pairs = Object.entries({ ...(authority !== undefined && { host: authority }), ...named })
    .filter(([name]) => !name.startsWith(":"))
    .map(([name, value]) => [name, [value ?? ""].flat().join(", ")]);
  return Object.fromEntries(pairs) as Record<string, string>;
}
