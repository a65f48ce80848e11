import type { IncomingMessage, ServerResponse } from "node:http";

/** One exchange as the emulator saw it. It fills while the exchange runs. */
export interface RecordedRequest {
  readonly method: string;
  /** As it stood on the request line: undecoded, without the query. */
  readonly path: string;
  readonly query: Record<string, string>;
  /** `Converse`, `ConverseStream`, `ListFoundationModels`, `ListInferenceProfiles` or `Unknown`. */
  readonly operation: string;
  /** Percent-decoded. */
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
  const url = new URL(request.url ?? "/", "http://emulator");
  const record: OpenRecord = {
    method: request.method ?? "GET",
    path: (request.url ?? "/").split("?")[0] ?? "/",
    query: Object.fromEntries(url.searchParams),
    operation: "Unknown",
    headers: flatHeaders(request),
    body: undefined,
    aborted: false,
    closed: new Promise((resolve) => {
      response.once("close", () => {
        record.aborted = !response.writableFinished && !serverLeft();
        resolve();
      });
    }),
  };
  return record;
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(request.headers).map(([name, value]) => [
    name,
    [value ?? ""].flat().join(", "),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}
