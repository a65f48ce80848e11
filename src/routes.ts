import type { CallContext } from "./context.ts";
import { BedrockOpenAIError } from "./errors.ts";
import { createEmbeddings } from "./embeddings/endpoint.ts";
import { health } from "./health.ts";
import { editImages, generateImages, varyImages } from "./images/endpoint.ts";
import { listModels, retrieveModel } from "./models/endpoint.ts";
import { createModeration } from "./moderations/endpoint.ts";
import type { BedrockOpenAIOptions } from "./options.ts";
import { passThrough } from "./pass-through.ts";
import { rerank } from "./rerank/endpoint.ts";
import { statusText } from "./status-text.ts";
import { unknownUrl } from "./unknown-url.ts";
import { chatCompletions } from "./wires/chat/endpoint.ts";
import { completions } from "./wires/completions/endpoint.ts";

export interface Way {
  /** As the table has it. */
  path: string;
  endpoint: (context: CallContext) => Response | Promise<Response>;
  /** To everyone, whoever may call the others. */
  isOpen: boolean;
}

interface Route {
  method: string;
  /** One that ends in `/` goes on with a name, which may hold slashes itself. */
  path: string;
  /** @param name What stands behind the path, as it stands in the URL. */
  endpoint: (context: CallContext, name: string) => Response | Promise<Response>;
  /** Where it is off, its path is an unknown one. Default: always on. */
  isOn?: (options: RouteOptions) => boolean;
  isOpen?: true;
}

export type RouteOptions = Pick<BedrockOpenAIOptions, "passThrough">;

const passesThrough = ({ passThrough }: RouteOptions): boolean => passThrough === true;

/** Method and trailing path → endpoint. What stands before the path is the mount's affair. */
const ROUTES: readonly Route[] = [
  { method: "POST", path: "/chat/completions", endpoint: chatCompletions },
  { method: "POST", path: "/completions", endpoint: completions },
  { method: "POST", path: "/embeddings", endpoint: createEmbeddings },
  { method: "POST", path: "/images/generations", endpoint: generateImages },
  { method: "POST", path: "/images/edits", endpoint: editImages },
  { method: "POST", path: "/images/variations", endpoint: varyImages },
  { method: "POST", path: "/moderations", endpoint: createModeration },
  { method: "POST", path: "/rerank", endpoint: rerank },
  { method: "GET", path: "/models", endpoint: listModels },
  { method: "GET", path: "/models/", endpoint: retrieveModel },
  { method: "GET", path: "/health", endpoint: health, isOpen: true },
  { method: "POST", path: "/bedrock/", endpoint: passThrough, isOn: passesThrough },
  { method: "GET", path: "/bedrock/", endpoint: passThrough, isOn: passesThrough },
];

/**
 * Where a request goes.
 * @throws BedrockOpenAIError 404 for an unknown path, 405 (with `allow`) for a wrong method.
 */
export function route(method: string, pathname: string, options: RouteOptions = {}): Way {
  const path = withoutTrailingSlashes(pathname);
  const routes = ROUTES.filter(({ isOn }) => isOn?.(options) ?? true);
  const ending = longest(routes.filter((each) => path.endsWith(each.path)));
  // Only where nothing is known by its end: a mount may be called `/models` too.
  const matches = ending.length > 0 ? ending : first(routes.filter((each) => isNamed(each, path)));
  if (matches.length === 0) throw unknownUrl(method, pathname);
  const allowed = [...matches.map((each) => each.method), "OPTIONS"];
  const [{ path: known }] = matches as [Route, ...Route[]];
  if (method === "OPTIONS") return { path: known, endpoint: () => told(allowed), isOpen: true };
  const wanted = method === "HEAD" ? "GET" : method;
  const match = matches.find((each) => each.method === wanted);
  if (match)
    return {
      path: known,
      endpoint: (context) => match.endpoint(context, nameIn(path, match)),
      isOpen: match.isOpen === true,
    };
  throw new BedrockOpenAIError(
    405,
    `Not allowed to ${method} on ${pathname.slice(0, 200)}. (HINT: Perhaps you meant to use a different HTTP method?)`,
    { type: "invalid_request_error", code: "method_not_supported", headers: { allow: allowed.join(", ") } },
  );
}

const told = (allowed: readonly string[]): Response =>
  new Response(null, {
    status: 204,
    statusText: statusText(204),
    headers: { allow: allowed.join(", ") },
  });

/** `/chat/completions` ends in `/completions`, and is another. */
const longest = (routes: readonly Route[]): readonly Route[] => {
  const length = Math.max(...routes.map(({ path }) => path.length));
  return routes.filter(({ path }) => path.length === length);
};

/** `/models/bedrock/{id}` has two names in it, and is a model's. */
const first = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(({ path }) => path === routes[0]?.path);

const isNamed = ({ path }: Route, pathname: string): boolean => path.endsWith("/") && pathname.includes(path);

/** The last time counts: what stands before is the mount's. */
const nameIn = (pathname: string, { path }: Route): string =>
  pathname.slice(pathname.lastIndexOf(path) + path.length);

/** Not a regular expression: `/\/+$/` looks again from every slash of a path that is nothing else. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
