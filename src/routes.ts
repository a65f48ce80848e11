import type { CallContext, TellFailure } from "./context.ts";
import { type Endpoint, late } from "./endpoints/late.ts";
import { BedrockOpenAIError } from "./errors.ts";
import { health } from "./health.ts";
import type { BedrockOpenAIOptions } from "./options.ts";
import { patternOf } from "./path-pattern.ts";
import { statusText } from "./status-text.ts";
import { unknownUrl } from "./unknown-url.ts";
import { inAnthropicWords } from "./wires/messages/failure.ts";

export interface Way {
  /** As the table has it. */
  path: string;
  endpoint: (context: CallContext) => ReturnType<Endpoint>;
  /** To everyone, whoever may call the others. */
  isOpen: boolean;
  /** How the wire tells of failures that does not do it in OpenAI's words. */
  words: TellFailure | undefined;
}

interface Route {
  /** As `patternOf` reads it; what stands before it is the mount's affair. */
  path: string;
  methods: Readonly<Record<string, Endpoint>>;
  /** Where it is off, its path is an unknown one. Default: always on. */
  isOn?: (options: RouteOptions) => boolean;
  isOpen?: true;
  words?: TellFailure;
}

export type RouteOptions = Pick<BedrockOpenAIOptions, "passThrough">;

const passesThrough = ({ passThrough }: RouteOptions): boolean => passThrough === true;

const chat = late(() => import("./endpoints/chat.ts"));
const wires = late(() => import("./endpoints/wires.ts"));
const slices = late(() => import("./endpoints/slices.ts"));

/** Trailing path and method → endpoint. */
const ROUTES: readonly Route[] = [
  { path: "/chat/completions", methods: { POST: chat("chatCompletions"), GET: wires("listStored") } },
  {
    path: "/chat/completions/{id}",
    methods: { GET: wires("retrieveStored"), POST: wires("updateStored"), DELETE: wires("deleteStored") },
  },
  { path: "/chat/completions/{id}/messages", methods: { GET: wires("listStoredMessages") } },
  { path: "/completions", methods: { POST: wires("completions") } },
  { path: "/responses", methods: { POST: wires("createResponse") } },
  { path: "/responses/input_tokens", methods: { POST: wires("countInputTokens") } },
  { path: "/responses/compact", methods: { POST: wires("compactResponse") } },
  { path: "/responses/{id}", methods: { GET: wires("retrieveResponse"), DELETE: wires("deleteResponse") } },
  { path: "/responses/{id}/cancel", methods: { POST: wires("cancelResponse") } },
  { path: "/responses/{id}/input_items", methods: { GET: wires("listInputItems") } },
  { path: "/conversations", methods: { POST: wires("createConversation") } },
  {
    path: "/conversations/{id}",
    methods: {
      GET: wires("retrieveConversation"),
      POST: wires("updateConversation"),
      DELETE: wires("deleteConversation"),
    },
  },
  { path: "/conversations/{id}/items", methods: { GET: wires("listItems"), POST: wires("createItems") } },
  {
    path: "/conversations/{id}/items/{item_id}",
    methods: { GET: wires("retrieveItem"), DELETE: wires("deleteItem") },
  },
  { path: "/messages", methods: { POST: wires("createMessage") }, words: inAnthropicWords },
  { path: "/messages/count_tokens", methods: { POST: wires("countMessageTokens") }, words: inAnthropicWords },
  { path: "/embeddings", methods: { POST: slices("createEmbeddings") } },
  { path: "/images/generations", methods: { POST: slices("generateImages") } },
  { path: "/images/edits", methods: { POST: slices("editImages") } },
  { path: "/images/variations", methods: { POST: slices("varyImages") } },
  { path: "/moderations", methods: { POST: slices("createModeration") } },
  { path: "/rerank", methods: { POST: slices("rerank") } },
  { path: "/models", methods: { GET: slices("listModels") } },
  { path: "/models/", methods: { GET: slices("retrieveModel") } },
  { path: "/health", methods: { GET: health }, isOpen: true },
  {
    path: "/bedrock/",
    methods: { POST: slices("passThrough"), GET: slices("passThrough") },
    isOn: passesThrough,
  },
];

/** The nearest first: `/chat/completions` ends in `/completions`, and is another. */
const BY_NEARNESS = ROUTES.map((route) => ({ route, pattern: patternOf(route.path) })).toSorted(
  (a, b) => b.pattern.nearness - a.pattern.nearness,
);

/**
 * Where a request goes.
 * @throws BedrockOpenAIError 404 for an unknown path, 405 (with `allow`) for a wrong method.
 */
export function route(method: string, pathname: string, options: RouteOptions = {}): Way {
  const found = find(withoutTrailingSlashes(pathname), options);
  if (!found) throw unknownUrl(method, pathname);
  const { route, names } = found;
  const { path, methods, isOpen = false, words } = route;
  if (method === "OPTIONS") return { path, endpoint: () => told(methods), isOpen: true, words: undefined };
  const wanted = method === "HEAD" ? "GET" : method;
  const endpoint = Object.hasOwn(methods, wanted) ? methods[wanted] : undefined;
  if (endpoint) return { path, endpoint: (context) => endpoint(context, ...names), isOpen, words };
  throw new BedrockOpenAIError(
    405,
    `Not allowed to ${method} on ${pathname.slice(0, 200)}. (HINT: Perhaps you meant to use a different HTTP method?)`,
    { type: "invalid_request_error", code: "method_not_supported", headers: { allow: allowed(methods) } },
  );
}

/**
 * How a request that found no way is told so: in the words of the wire whose path it has, or where nobody knows the path, in
 * those that its caller speaks. Undefined for OpenAI's.
 */
export function wordsWithoutWay(
  { headers }: Request,
  pathname: string,
  options: RouteOptions = {},
): TellFailure | undefined {
  const found = find(withoutTrailingSlashes(pathname), options);
  if (found) return found.route.words;
  // Anthropic's clients say it with all that they ask.
  return headers.has("anthropic-version") ? inAnthropicWords : undefined;
}

function find(path: string, options: RouteOptions): { route: Route; names: string[] } | undefined {
  const segments = path.split("/");
  for (const { route, pattern } of BY_NEARNESS) {
    const names = route.isOn?.(options) === false ? undefined : pattern.namesIn(path, segments);
    if (names) return { route, names };
  }
  return undefined;
}

const allowed = (methods: Route["methods"]): string => [...Object.keys(methods), "OPTIONS"].join(", ");

const told = (methods: Route["methods"]): Response =>
  new Response(null, {
    status: 204,
    statusText: statusText(204),
    headers: { allow: allowed(methods) },
  });

/** Not a regular expression: `/\/+$/` looks again from every slash of a path that is nothing else. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
