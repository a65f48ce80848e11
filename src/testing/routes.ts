import { listFoundationModels } from "./catalogue/foundation-models.ts";
import { listInferenceProfiles } from "./catalogue/inference-profiles.ts";
import { converse, converseStream } from "./converse.ts";
import type { Answer, Call } from "./call.ts";

interface Route {
  operation: string;
  method: string;
  /** Group 1, where there is one, is the model id: one percent-encoded segment, as AWS insists. */
  path: RegExp;
  serve(call: Call): Answer;
}

const ROUTES: Route[] = [
  { operation: "Converse", method: "POST", path: /^\/model\/([^/]+)\/converse$/, serve: converse },
  {
    operation: "ConverseStream",
    method: "POST",
    path: /^\/model\/([^/]+)\/converse-stream$/,
    serve: converseStream,
  },
  {
    operation: "ListFoundationModels",
    method: "GET",
    path: /^\/foundation-models\/?$/,
    serve: listFoundationModels,
  },
  {
    operation: "ListInferenceProfiles",
    method: "GET",
    path: /^\/inference-profiles\/?$/,
    serve: listInferenceProfiles,
  },
];

export interface MatchedRoute extends Pick<Route, "operation" | "serve"> {
  modelId?: string;
}

/** The operation behind a method and a raw path; undefined where AWS knows none. */
export function matchRoute(method: string, path: string): MatchedRoute | undefined {
  for (const { operation, serve, ...route } of ROUTES) {
    const match = route.method === method && route.path.exec(path);
    if (!match) continue;
    const modelId = match[1] && decode(match[1]);
    return { operation, serve, ...(modelId && { modelId }) };
  }
  return undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
