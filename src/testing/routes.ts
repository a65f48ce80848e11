import { listFoundationModels } from "./catalogue/foundation-models.ts";
import { CONTROL_ROUTES } from "./control/routes.ts";
import { converse, converseStream } from "./converse.ts";
import { countTokens } from "./count-tokens.ts";
import { GUARDRAIL_ROUTES } from "./guardrails/routes.ts";
import { invokeModel, invokeModelWithResponseStream } from "./invoke/invoke-model.ts";
import { NATIVE_ROUTES } from "./native/routes.ts";
import type { Caller, Route } from "./call.ts";
import { rerank } from "./rerank/rerank.ts";
import { isObject } from "./rules/request.ts";

const ROUTES: Route[] = [
  { operation: "Converse", method: "POST", path: /^\/model\/([^/]+)\/converse$/, serve: converse },
  {
    operation: "ConverseStream",
    method: "POST",
    path: /^\/model\/([^/]+)\/converse-stream$/,
    serve: converseStream,
  },
  {
    operation: "InvokeModel",
    method: "POST",
    path: /^\/model\/([^/]+)\/invoke$/,
    nativeBody: true,
    serve: invokeModel,
  },
  {
    operation: "InvokeModelWithResponseStream",
    method: "POST",
    path: /^\/model\/([^/]+)\/invoke-with-response-stream$/,
    nativeBody: true,
    serve: invokeModelWithResponseStream,
  },
  {
    operation: "CountTokens",
    method: "POST",
    path: /^\/model\/([^/]+)\/count-tokens$/,
    serve: countTokens,
  },
  {
    operation: "ListFoundationModels",
    method: "GET",
    path: /^\/foundation-models\/?$/,
    serve: listFoundationModels,
  },
  ...GUARDRAIL_ROUTES,
  // Of another host, `bedrock-agent-runtime`.
  { operation: "Rerank", method: "POST", path: /^\/rerank$/, signedOnly: true, serve: rerank },
  ...CONTROL_ROUTES,
  ...NATIVE_ROUTES,
];

export interface MatchedRoute extends Omit<Route, "method" | "path" | "takes"> {
  modelId?: string;
  beside?: readonly string[];
}

/** A request by what decides its route: `path` is raw. */
export interface RoutedRequest extends Caller {
  method: string;
  path: string;
}

/** The operation that a request is for; undefined where AWS knows none. */
export function matchRoute(request: RoutedRequest): MatchedRoute | undefined {
  for (const { method, path, takes, ...route } of ROUTES) {
    const match = method === request.method && path.exec(request.path);
    if (!match || takes?.(request) === false) continue;
    const [, name, ...beside] = match;
    const modelId = name ? decode(name) : route.refuse && bodyModel(request.body);
    return {
      ...route,
      ...(modelId && { modelId }),
      ...(beside.length > 0 && { beside: beside.map(decode) }),
    };
  }
  return undefined;
}

function bodyModel(body: unknown): string | undefined {
  const model = isObject(body) ? body["model"] : undefined;
  return typeof model === "string" ? model : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
