import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";

/** A way into the house, as a user would build it. */
export interface Door {
  baseURL: string;
  fetch: typeof globalThis.fetch;
  close(): Promise<void>;
  /** A header that the app around it had set before: it must still be there. */
  ownHeader?: string;
  /** What `authorize(request, context)` finds in the context. */
  context?: readonly string[];
}

/** What is to be known of a door beside how it opens. */
export type About = Pick<Door, "ownHeader" | "context">;

export type OpenDoor = (handler: BedrockOpenAIHandler) => Promise<Door>;

/** What listens as Node's HTTP server does. */
export type Listening = Pick<Server, "address" | "close" | "closeAllConnections" | "listen">;

type App = (handler: BedrockOpenAIHandler) => RequestListener | Promise<RequestListener>;

/** A door on a plain HTTP server. The app may still have to be made ready. */
export const served =
  (app: App, path = "/v1", about: About = {}): OpenDoor =>
  async (handler) =>
    listening(createServer(await app(handler)), path, about);

/** The same for a server of one's own. */
export async function listening(server: Listening, path = "/v1", about: About = {}): Promise<Door> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    ...about,
    baseURL: `http://127.0.0.1:${port}${path}`,
    fetch: globalThis.fetch,
    close: () => closed(server),
  };
}

export const closed = (server: Listening): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
