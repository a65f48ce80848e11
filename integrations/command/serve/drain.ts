import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import type { AfterAnswers } from "./after-answers.ts";

export interface Drain {
  /** From now on nobody new is let in; what is being answered goes on. Resolves when the last answer is over. */
  start(): Promise<{ wasCut: boolean }>;
  /** Ends what is still being answered, at once. */
  cut(): void;
}

/**
 * Ends a server without cutting answers short, within a bound.
 * @param grace How long answers may still run, in milliseconds.
 * @param after Work that goes on after its answers, and is waited for too.
 */
export function createDrain(server: Server, grace: number, after?: Pick<AfterAnswers, "over">): Drain {
  let wasCut = false;
  let isOpen = true;
  const cutting = new AbortController();
  const answers = new Set<ServerResponse>();
  server.on("request", (_, response) => {
    answers.add(response);
    if (!isOpen) sayLast(response);
    response.once("close", () => {
      answers.delete(response);
      // Closed rather than kept for a next request that would never be answered.
      if (!isOpen) setImmediate(() => server.closeIdleConnections());
    });
  });
  const cut = (): void => {
    wasCut = true;
    server.closeAllConnections();
    cutting.abort();
  };
  return {
    cut,
    start: () =>
      new Promise((resolve) => {
        isOpen = false;
        for (const response of answers) sayLast(response);
        const timer = setTimeout(cut, grace);
        server.close(() => {
          void Promise.race([after?.over(), aborted(cutting.signal)]).then(() => {
            clearTimeout(timer);
            resolve({ wasCut });
          });
        });
        server.closeIdleConnections();
      }),
  };
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, "abort");
};

/** Callers and load balancers send nothing more on this connection, rather than into its closing. */
function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}
