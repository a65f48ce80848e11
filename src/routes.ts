import type { CallContext, TellFailure } from "./context.ts";
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
import {
  deleteStored,
  listStored,
  listStoredMessages,
  retrieveStored,
  updateStored,
} from "./wires/chat/stored/endpoint.ts";
import { completions } from "./wires/completions/endpoint.ts";
import { countMessageTokens } from "./wires/messages/count-tokens.ts";
import { createMessage } from "./wires/messages/endpoint.ts";
import { inAnthropicWords } from "./wires/messages/failure.ts";
import { cancelResponse } from "./wires/responses/background/cancel.ts";
import { compactResponse } from "./wires/responses/compact.ts";
import {
  createConversation,
  deleteConversation,
  retrieveConversation,
  updateConversation,
} from "./wires/responses/conversations/endpoint.ts";
import {
  createItems,
  deleteItem,
  listItems,
  retrieveItem,
} from "./wires/responses/conversations/items-endpoint.ts";
import { createResponse } from "./wires/responses/endpoint.ts";
import { countInputTokens } from "./wires/responses/input-tokens.ts";
import { deleteResponse, listInputItems, retrieveResponse } from "./wires/responses/state/endpoint.ts";

export interface Way {
  /** As the table has it. */
  path: string;
  endpoint: (context: CallContext) => Response | Promise<Response>;
  /** To everyone, whoever may call the others. */
  isOpen: boolean;
  /** How the wire tells of failures that does not do it in OpenAI's words. */
  words: TellFailure | undefined;
}

interface Route {
  method: string;
  /** `{…}` is one name. A path that ends in `/` goes on with a name that may hold slashes itself. */
  path: string;
  /** @param names What stands in the places of names; behind a path that ends in `/`, as it stands in the URL. */
  endpoint: (context: CallContext, ...names: string[]) => Response | Promise<Response>;
  /** Where it is off, its path is an unknown one. Default: always on. */
  isOn?: (options: RouteOptions) => boolean;
  isOpen?: true;
  words?: TellFailure;
}

export type RouteOptions = Pick<BedrockOpenAIOptions, "passThrough">;

const passesThrough = ({ passThrough }: RouteOptions): boolean => passThrough === true;

/** Method and trailing path → endpoint. What stands before the path is the mount's affair. */
const ROUTES: readonly Route[] = [
  { method: "POST", path: "/chat/completions", endpoint: chatCompletions },
  { method: "GET", path: "/chat/completions", endpoint: listStored },
  { method: "GET", path: "/chat/completions/{id}", endpoint: retrieveStored },
  { method: "POST", path: "/chat/completions/{id}", endpoint: updateStored },
  { method: "DELETE", path: "/chat/completions/{id}", endpoint: deleteStored },
  { method: "GET", path: "/chat/completions/{id}/messages", endpoint: listStoredMessages },
  { method: "POST", path: "/completions", endpoint: completions },
  { method: "POST", path: "/responses", endpoint: createResponse },
  { method: "POST", path: "/responses/input_tokens", endpoint: countInputTokens },
  { method: "POST", path: "/responses/compact", endpoint: compactResponse },
  { method: "GET", path: "/responses/{id}", endpoint: retrieveResponse },
  { method: "DELETE", path: "/responses/{id}", endpoint: deleteResponse },
  { method: "POST", path: "/responses/{id}/cancel", endpoint: cancelResponse },
  { method: "GET", path: "/responses/{id}/input_items", endpoint: listInputItems },
  { method: "POST", path: "/conversations", endpoint: createConversation },
  { method: "GET", path: "/conversations/{id}", endpoint: retrieveConversation },
  { method: "POST", path: "/conversations/{id}", endpoint: updateConversation },
  { method: "DELETE", path: "/conversations/{id}", endpoint: deleteConversation },
  { method: "GET", path: "/conversations/{id}/items", endpoint: listItems },
  { method: "POST", path: "/conversations/{id}/items", endpoint: createItems },
  { method: "GET", path: "/conversations/{id}/items/{item_id}", endpoint: retrieveItem },
  { method: "DELETE", path: "/conversations/{id}/items/{item_id}", endpoint: deleteItem },
  { method: "POST", path: "/messages", endpoint: createMessage, words: inAnthropicWords },
  { method: "POST", path: "/messages/count_tokens", endpoint: countMessageTokens, words: inAnthropicWords },
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
  const ending = nearest(routes.filter((each) => endsIn(path, each.path)));
  // Only where nothing is known by its end: a mount may be called `/models` too.
  const matches = ending.length > 0 ? ending : first(routes.filter((each) => isNamed(each, path)));
  if (matches.length === 0) throw unknownUrl(method, pathname);
  const allowed = [...matches.map((each) => each.method), "OPTIONS"];
  const [{ path: known }] = matches as [Route, ...Route[]];
  if (method === "OPTIONS")
    return { path: known, endpoint: () => told(allowed), isOpen: true, words: undefined };
  const wanted = method === "HEAD" ? "GET" : method;
  const match = matches.find((each) => each.method === wanted);
  if (match)
    return {
      path: known,
      endpoint: (context) => match.endpoint(context, ...namesIn(path, match)),
      isOpen: match.isOpen === true,
      words: match.words,
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

const NAME = "{";

const isName = (segment: string): boolean => segment.startsWith(NAME);

/** The segments of a path from behind which a route's stand for. */
const endOf = (path: string, route: string): string[] => path.split("/").slice(1 - route.split("/").length);

function endsIn(path: string, route: string): boolean {
  if (!route.includes(NAME)) return path.endsWith(route);
  if (route.endsWith("/")) return false;
  const wanted = route.split("/").slice(1);
  const segments = endOf(path, route);
  return (
    segments.length === wanted.length &&
    path.split("/").length > wanted.length &&
    wanted.every((each, at) => (isName(each) ? segments[at] !== "" : each === segments[at]))
  );
}

/** `/chat/completions` ends in `/completions`, and is another; so is `/chat/completions/{id}/messages` of `/messages`. */
const nearest = (routes: readonly Route[]): readonly Route[] => {
  const rank = ({ path }: Route): number => {
    const segments = path.split("/").slice(1);
    const names = segments.filter(isName).length;
    return (segments.length - names) * 16 - names;
  };
  const highest = Math.max(...routes.map(rank));
  return routes.filter((each) => rank(each) === highest);
};

/** `/models/bedrock/{id}` has two names in it, and is a model's. */
const first = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(({ path }) => path === routes[0]?.path);

const isNamed = ({ path }: Route, pathname: string): boolean => path.endsWith("/") && pathname.includes(path);

/** Where a path is to be found in another, the last time counts: what stands before is the mount's. */
function namesIn(pathname: string, { path }: Route): string[] {
  if (path.endsWith("/")) return [pathname.slice(pathname.lastIndexOf(path) + path.length)];
  const segments = endOf(pathname, path);
  return path
    .split("/")
    .slice(1)
    .flatMap((each, at) => (isName(each) ? [decoded(segments[at]!)] : []));
}

/** Clients encode what stands in paths; what is no encoding is a name like others. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Not a regular expression: `/\/+$/` looks again from every slash of a path that is nothing else. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
