import { Readable } from "node:stream";
import type { Answer, Asked, Sending } from "../asked.ts";
import { isStale } from "../stale.ts";
import { type Agents, createAgents, type Keeping } from "./agents.ts";
import { send } from "./send.ts";

/** Asks over HTTP/1.1 by Node's own client. */
export type AskByNode = (asked: Asked, body: unknown, sending: Sending) => Promise<Answer>;

/** On connections that are kept, through a proxy where one is given. */
export function createAskByNode(keeping: Omit<Keeping, "keepAlive">): AskByNode {
  const kept = createAgents({ ...keeping, keepAlive: true });
  /** For a request whose kept socket had been closed: each on a connection of its own. */
  const fresh = createAgents({ ...keeping, keepAlive: false });
  return async (asked, body, sending) => {
    try {
      return await send(agentOf(kept, asked), asked, body, sending);
    } catch (thrown) {
      if (!isStale(thrown) || sending.abortSignal?.aborted || body instanceof Readable) throw thrown;
      return send(agentOf(fresh, asked), asked, body, sending);
    }
  };
}

const agentOf = ({ httpAgent, httpsAgent }: Agents, { protocol }: Asked): Agents["httpAgent"] =>
  protocol === "https:" ? httpsAgent : httpAgent;
