import type { RequestListener } from "node:http";
import compression from "next/dist/compiled/compression/index.js";
import { apiResolver } from "next/dist/server/api-utils/node/api-resolver.js";
import { NodeNextRequest, NodeNextResponse } from "next/dist/server/base-http/node.js";
import { sendResponse } from "next/dist/server/send-response.js";
import {
  NextRequestAdapter,
  signalFromNodeResponse,
} from "next/dist/server/web/spec-extension/adapters/next-request.js";
import { bedrockOpenAI as routeHandlers } from "../../../adapters/next.ts";
import { bedrockOpenAI as apiRoute } from "../../../adapters/next-pages.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type OpenDoor, served } from "./served.ts";

const segments = (url: string): string[] => new URL(url, "http://x").pathname.split("/").slice(3);

/** As in `next start`. It is an old one, which spoils headers that are given to `writeHead` as a flat list. */
const compress = compression();

/**
 * Next's own way from a socket to a route and back, without a build. A built app is in `test/contract/examples/next.test.ts`.
 */
const appRouter = (handler: BedrockOpenAIHandler): RequestListener => {
  const routes = routeHandlers(handler);
  return (req, res) =>
    compress(req, res, async () => {
      const request = new NodeNextRequest(req);
      const web = NextRequestAdapter.fromNodeNextRequest(request, signalFromNodeResponse(res));
      const route = routes[req.method as keyof typeof routes];
      const response = await route(web, { params: Promise.resolve({ path: segments(req.url!) }) });
      // It rejects where the caller left.
      await sendResponse(request, new NodeNextResponse(res), response).catch(() => res.destroy());
    });
};

const pagesRouter =
  (config: object) =>
  (handler: BedrockOpenAIHandler): RequestListener => {
    const page = { default: apiRoute(handler), config: { api: config } };
    const preview = { previewModeId: "", previewModeEncryptionKey: "", previewModeSigningKey: "" };
    return (req, res) =>
      compress(req, res, () => {
        void apiResolver(req, res, { path: segments(req.url!) }, page, { ...preview, dev: false }, false);
      });
  };

const BODY_AS_IT_CAME = { bodyParser: false, externalResolver: true, responseLimit: false };

export const NEXT_DOORS: Record<string, OpenDoor> = {
  "Next route handlers": served(appRouter, "/api/v1"),
  "Next pages": served(pagesRouter(BODY_AS_IT_CAME), "/api/v1"),
  "Next pages after Next's body parser": served(
    pagesRouter({ ...BODY_AS_IT_CAME, bodyParser: { sizeLimit: "50mb" } }),
    "/api/v1",
  ),
};
