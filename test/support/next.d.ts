/** Next's own types would put its `NODE_ENV` into every environment of this program. Here is what the tests touch. */
declare module "next/dist/compiled/compression/index.js" {
  import type { RequestListener } from "node:http";

  export default function compression(): (...call: [...Parameters<RequestListener>, () => void]) => void;
}

declare module "next/dist/server/api-utils/node/api-resolver.js" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export function apiResolver(
    req: IncomingMessage,
    res: ServerResponse,
    query: object,
    page: object,
    context: object,
    propagateError: boolean,
  ): Promise<void>;
}

declare module "next/dist/server/base-http/node.js" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export interface NodeNextRequest {
    originalRequest: IncomingMessage;
  }
  export interface NodeNextResponse {
    originalResponse: ServerResponse;
  }
  export const NodeNextRequest: new (req: IncomingMessage) => NodeNextRequest;
  export const NodeNextResponse: new (res: ServerResponse) => NodeNextResponse;
}

declare module "next/dist/server/send-response.js" {
  import type { NodeNextRequest, NodeNextResponse } from "next/dist/server/base-http/node.js";

  export function sendResponse(
    req: NodeNextRequest,
    res: NodeNextResponse,
    response: Response,
  ): Promise<void>;
}

declare module "next/dist/server/web/spec-extension/adapters/next-request.js" {
  import type { Writable } from "node:stream";
  import type { NodeNextRequest } from "next/dist/server/base-http/node.js";

  export function signalFromNodeResponse(response: Writable): AbortSignal;
  export const NextRequestAdapter: {
    fromNodeNextRequest(request: NodeNextRequest, signal: AbortSignal): Request;
  };
}
