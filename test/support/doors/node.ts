import compression from "compression";
import type { RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { bedrockOpenAI } from "../../../adapters/node.ts";
import { http2Fetch } from "../http2-fetch.ts";
import { type About, type OpenDoor, served } from "./served.ts";

const ABOUT: About = { ownHeader: "x-own", context: ["req", "res"] };

const http2: OpenDoor = async (handler) => {
  const listener = bedrockOpenAI(handler);
  const server = createHttp2Server((req, res) => {
    res.setHeader("x-own", "kept");
    listener(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const { fetch, close } = http2Fetch(`http://127.0.0.1:${port}`);
  return {
    ...ABOUT,
    baseURL: `http://127.0.0.1:${port}/v1`,
    fetch,
    async close() {
      close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Express's middleware takes any of Node's servers. */
const squeeze = compression({ threshold: 0 }) as unknown as (
  ...call: [...Parameters<RequestListener>, next: () => void]
) => void;

export const NODE_DOORS: Record<string, OpenDoor> = {
  "node:http": served(
    (handler) => {
      const listener = bedrockOpenAI(handler);
      return (req, res) => {
        res.setHeader("x-own", "kept");
        listener(req, res);
      };
    },
    "/any/mount/v1",
    ABOUT,
  ),
  "node:http under compression()": served((handler) => {
    const listener = bedrockOpenAI(handler);
    return (req, res) => squeeze(req, res, () => listener(req, res));
  }),
  "node:http2": http2,
};
