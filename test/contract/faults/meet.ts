import { getEventListeners } from "node:events";
import { expect } from "vitest";
import { eventually } from "../../support/bedrock.ts";
import { openAws, requestFor } from "./aws.ts";
import { endOf } from "./end-of.ts";
import type { Fault, Way } from "./fault.ts";
import { nothingLeft } from "./nothing-left.ts";

/** A protocol that callers speak. */
export interface Speaking {
  requestFor(way: Way, asking: { signal?: AbortSignal; model?: string }): Request;
  endOf(response: Response, isLast?: boolean): Promise<string>;
}

const CHAT: Speaking = { requestFor, endOf };

/** What comes of a fault, once it is proven that it has left nothing behind and that the next call is well. */
export const meet = (fault: Fault, way: Way, model?: string, speaking = CHAT): Promise<string> =>
  nothingLeft(() => met(fault, way, model, speaking));

async function met(
  { act, options, lasts = false, tls = false }: Fault,
  way: Way,
  model: string | undefined,
  { requestFor, endOf }: Speaking,
): Promise<string> {
  const { server, logged, withOptions } = await openAws({ tls });
  const handler = withOptions(options?.(server.url) ?? {});
  const asked = model === undefined ? {} : { model };
  const { signal } = new AbortController();
  try {
    server.next(act);
    const end = await endOf(await handler(requestFor(way, { ...asked, signal })), lasts);
    expect(logged).toHaveLength(isTold(end) ? 1 : 0);
    // AWS's side of it is over too: answered to its end, or closed.
    await eventually(() => server.busy === 0);
    await eventually(() => getEventListeners(signal, "abort").length === 0);
    if (server.requests > 0) expect(await endOf(await handler(requestFor(way, asked)))).toBe("the answer");
    return end;
  } finally {
    await server.close();
  }
}

/** Failures of the server's, and refusals of its access, are in the operator's log, once. */
const isTold = (end: string): boolean => /^(frame|5\d\d|401|403)/.test(end);
