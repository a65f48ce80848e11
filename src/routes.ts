import type { CallContext } from "./context.ts";
import { BedrockOpenAIError } from "./errors.ts";
import { health } from "./health.ts";
import { statusText } from "./status-text.ts";
import { chatCompletions } from "./wires/chat/endpoint.ts";

export type Endpoint = (context: CallContext) => Response | Promise<Response>;

/** Method and trailing path → endpoint. What stands before the path is the mount's affair. */
const ROUTES: readonly { method: string; path: string; endpoint: Endpoint }[] = [
  { method: "POST", path: "/chat/completions", endpoint: chatCompletions },
  { method: "GET", path: "/health", endpoint: health },
];

/**
 * The endpoint of a request.
 * @throws BedrockOpenAIError 404 for an unknown path, 405 (with `allow`) for a wrong method.
 */
export function route(method: string, pathname: string): Endpoint {
  const path = withoutTrailingSlashes(pathname);
  const matches = ROUTES.filter((each) => path.endsWith(each.path));
  if (matches.length === 0) {
    throw new BedrockOpenAIError(404, `Invalid URL (${method} ${pathname.slice(0, 200)})`, {
      type: "invalid_request_error",
      code: "unknown_url",
    });
  }
  const allowed = [...matches.map((each) => each.method), "OPTIONS"];
  if (method === "OPTIONS")
    return () =>
      new Response(null, {
        status: 204,
        statusText: statusText(204),
        headers: { allow: allowed.join(", ") },
      });
  const wanted = method === "HEAD" ? "GET" : method;
  const match = matches.find((each) => each.method === wanted);
  if (match) return match.endpoint;
  throw new BedrockOpenAIError(
    405,
    `Not allowed to ${method} on ${pathname.slice(0, 200)}. (HINT: Perhaps you meant to use a different HTTP method?)`,
    { type: "invalid_request_error", code: "method_not_supported", headers: { allow: allowed.join(", ") } },
  );
}

/** Not a regular expression: `/\/+$/` looks again from every slash of a path that is nothing else. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
