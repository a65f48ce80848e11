import type { Agent, ClientRequest, IncomingMessage } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { type Answer, type Asked, hostOf, pathOf, type Sending } from "../asked.ts";
import { abortError, asLost, brokenOff, late } from "../failures.ts";
import { http } from "../node-http.ts";

/**
 * Asks by Node's own client: through a proxy, and where somebody watches that client or has put his own in its place. As the SDK's own handler does it, whose timers and closures would be kept as long as the answer comes.
 * @throws An error of Node's network, by its name a `TimeoutError` where the connection was lost; `AbortError`.
 */
export function send(
  agent: Agent,
  asked: Asked,
  body: unknown,
  { abortSignal, requestTimeout = 0 }: Sending,
): Promise<Answer<IncomingMessage>> {
  if (abortSignal?.aborted) return Promise.reject(abortError(abortSignal.reason));
  const { protocol, port, method, headers } = asked;
  // Not by its own name: whoever traces or replaces Node's `request` puts theirs into the module.
  const { request: open } = protocol === "https:" ? https : http;
  const request = open({ agent, host: hostOf(asked), port, method, path: pathOf(asked), headers });
  const answer = answerTo(request, abortSignal, requestTimeout);
  if (body instanceof Readable) body.pipe(request);
  else request.end(body);
  return answer;
}

/** Apart from what was sent, none of which is kept while the answer goes on. */
const answerTo = (
  request: ClientRequest,
  signal: AbortSignal | undefined,
  patience: number,
): Promise<Answer<IncomingMessage>> =>
  new Promise((resolve, reject) => {
    /** Until there is an answer. */
    let waiting: { answer: typeof resolve; refuse: typeof reject } | undefined = {
      answer: resolve,
      refuse: reject,
    };
    const giveUp = (reason: Error): void => {
      request.destroy();
      waiting?.refuse(reason);
    };
    const leave = (): void => giveUp(abortError(signal?.reason));
    const timer = patience > 0 ? setTimeout(() => giveUp(late(patience)), patience) : undefined;
    signal?.addEventListener("abort", leave, { once: true });

    request.on("response", (response) => {
      clearTimeout(timer);
      waiting?.answer({ response: told(request, response) });
      waiting = undefined;
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      waiting?.refuse(asLost(error));
    });
    request.on("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
      // Of a connection that was to speak another protocol Node says nothing.
      waiting?.refuse(asLost(brokenOff("without an answer")));
    });
  });

function told(request: ClientRequest, response: IncomingMessage): Answer<IncomingMessage>["response"] {
  const { statusCode = -1, statusMessage: reason } = response;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name] = String(value);
  return { statusCode, reason, headers, body: response, isSent: () => request.writableFinished };
}
