import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

export interface OtherClock {
  url: string;
  /** Signatures that were refused for their time. */
  refused(): number;
  close(): Promise<void>;
}

/** How AWS refuses a signature for its time. */
interface Refusal {
  /** It keeps its own to itself. */
  hidden?: boolean;
  code?: "InvalidSignatureException" | "RequestTimeTooSkewed";
}

/** What AWS allows between its clock and a signature's. Source: AWS's guide to SigV4. */
const ALLOWED_MS = 5 * 60_000;

/** `20150830T123600Z` */
const stamp = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");

const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(....)(..)(..T..)(..)(..)Z$/, "$1-$2-$3:$4:$5Z"));

/**
 * The server at `to` with another clock: it refuses signatures that are too old or too new for it, in AWS's words, and says its
 * own time in every answer.
 */
export async function withClock(
  to: string,
  ahead: number,
  { hidden = false, code = "InvalidSignatureException" }: Refusal = {},
): Promise<OtherClock> {
  let refused = 0;
  const server = createServer((request, response) => {
    const now = Date.now() + ahead;
    const date = { date: new Date(now).toUTCString() };
    const signed = String(request.headers["x-amz-date"]);
    if (Math.abs(timeOf(signed) - now) > ALLOWED_MS) {
      refused += 1;
      request.resume();
      if (hidden) response.sendDate = false;
      response.writeHead(403, {
        ...(!hidden && date),
        "content-type": "application/json",
        "x-amzn-errortype": code,
      });
      const message = `Signature expired: ${signed} is now earlier than ${stamp(now - ALLOWED_MS)} (${stamp(now)} - 5 min.)`;
      return void response.end(JSON.stringify({ message }));
    }
    const { method, url, headers } = request;
    const far = send(to + url, { method: method ?? "GET", headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...date });
      answer.pipe(response);
    });
    request.pipe(far);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
