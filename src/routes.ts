import type { CallContext, TellFailure } from "./context.ts";
import { BedrockOpenAIError } from "./errors.ts";
import { createEmbeddings } from "./embeddings/endpoint.ts";
import { health } from "./health.ts";
import { editImages, generateImages, varyImages } from "./images/endpoint.ts";
import { listModels, retrieveModel } from "./models/endpoint.ts";
import { createModeration } from "./moderations/endpoint.ts";
import type { BedrockOpenAIOptions } from "./options.ts";
import { passThrough } from "./pass-through.ts";
import { patternOf } from "./path-pattern.ts";
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

type Answer = Response | Promise<Response>;

export interface Way {
  /** As the table has it. */
  path: string;
  endpoint: (context: CallContext) => Answer;
  /** To everyone, whoever may call the others. */
  isOpen: boolean;
  /** How the wire tells of failures that does not do it in OpenAI's words. */
  words: TellFailure | undefined;
}

/** @param names What stands in the places of names. */
type Endpoint = (context: CallContext, ...names: string[]) => Answer;

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

/** Trailing path and method → endpoint. */
const ROUTES: readonly Route[] = [
  { path: "/chat/completions", methods: { POST: chatCompletions, GET: listStored } },
  {
    path: "/chat/completions/{id}",
    methods: { GET: retrieveStored, POST: updateStored, DELETE: deleteStored },
  },
  { path: "/chat/completions/{id}/messages", methods: { GET: listStoredMessages } },
  { path: "/completions", methods: { POST: completions } },
  { path: "/responses", methods: { POST: createResponse } },
  { path: "/responses/input_tokens", methods: { POST: countInputTokens } },
  { path: "/responses/compact", methods: { POST: compactResponse } },
  { path: "/responses/{id}", methods: { GET: retrieveResponse, DELETE: deleteResponse } },
  { path: "/responses/{id}/cancel", methods: { POST: cancelResponse } },
  { path: "/responses/{id}/input_items", methods: { GET: listInputItems } },
  { path: "/conversations", methods: { POST: createConversation } },
  {
    path: "/conversations/{id}",
    methods: { GET: retrieveConversation, POST: updateConversation, DELETE: deleteConversation },
  },
  { path: "/conversations/{id}/items", methods: { GET: listItems, POST: createItems } },
  { path: "/conversations/{id}/items/{item_id}", methods: { GET: retrieveItem, DELETE: deleteItem } },
  { path: "/messages", methods: { POST: createMessage }, words: inAnthropicWords },
  { path: "/messages/count_tokens", methods: { POST: countMessageTokens }, words: inAnthropicWords },
  { path: "/embeddings", methods: { POST: createEmbeddings } },
  { path: "/images/generations", methods: { POST: generateImages } },
  { path: "/images/edits", methods: { POST: editImages } },
  { path: "/images/variations", methods: { POST: varyImages } },
  { path: "/moderations", methods: { POST: createModeration } },
  { path: "/rerank", methods: { POST: rerank } },
  { path: "/models", methods: { GET: listModels } },
  { path: "/models/", methods: { GET: retrieveModel } },
  { path: "/health", methods: { GET: health }, isOpen: true },
  { path: "/bedrock/", methods: { POST: passThrough, GET: passThrough }, isOn: passesThrough },
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
