import { isRegion } from "./models/region.ts";

/** A path of Bedrock Runtime's own. */
export interface RuntimePath {
  /** What stands before the name in it. */
  head: string;
  /** Of a model, a guardrail or an invocation; decoded. Empty where the path has none. */
  name: string;
  tail: string;
  /** The name is a model's, in the caller's words. */
  isModel: boolean;
  /** The Region of a name that is an ARN, other than a model's. */
  region: string | undefined;
  /** The parameters that its query may have. */
  query: readonly string[];
}

interface Operation {
  method: "GET" | "POST";
  /** Its groups are `head`, `name` and `tail`. */
  path: RegExp;
  /** What the name must be; a model's is read elsewhere. */
  name?: RegExp;
  query?: readonly string[];
}

const MODEL =
  /^(?<head>\/model\/)(?<name>.+)(?<tail>\/(?:converse|converse-stream|invoke|invoke-with-response-stream|count-tokens))$/;

/** All operations but the one that streams both ways. Source: the `bedrock-runtime` service model, with its patterns. */
const OPERATIONS: readonly Operation[] = [
  { method: "POST", path: MODEL },
  {
    method: "POST",
    path: /^(?<head>\/guardrail\/)(?<name>.+)(?<tail>\/version\/(?:DRAFT|[1-9]\d{0,7})\/apply)$/,
    name: /^([a-z0-9]+|arn:aws(-[^:/]+)?:bedrock:([a-z0-9-]{1,20}):\d{12}:guardrail\/[a-z0-9]+)$/,
  },
  { method: "POST", path: /^(?<head>\/guardrail-checks\/invoke)$/ },
  { method: "POST", path: /^(?<head>\/async-invoke)$/ },
  {
    method: "GET",
    path: /^(?<head>\/async-invoke)$/,
    query: "submitTimeAfter submitTimeBefore statusEquals maxResults nextToken sortBy sortOrder".split(" "),
  },
  {
    method: "GET",
    path: /^(?<head>\/async-invoke\/)(?<name>.+)$/,
    name: /^arn:aws(-[^:/]+)?:bedrock:([a-z0-9-]{1,20}):\d{12}:async-invoke\/[a-z0-9]{12}$/,
  },
];

/** @returns undefined for what is none of the runtime's operations. */
export function readRuntimePath(method: string, path: string): RuntimePath | undefined {
  for (const operation of OPERATIONS) {
    const groups = operation.method === method ? operation.path.exec(path)?.groups : undefined;
    if (groups) return read(groups, operation);
  }
  return undefined;
}

function read(
  { head = "", name: segment = "", tail = "" }: Readonly<Record<string, string | undefined>>,
  { path, name: pattern, query = [] }: Operation,
): RuntimePath | undefined {
  const name = decoded(segment);
  if (name === undefined || pattern?.test(name) === false) return undefined;
  const region = pattern && name.startsWith("arn:") ? name.split(":", 4)[3]! : undefined;
  if (region !== undefined && !isRegion(region)) return undefined;
  return { head, name, tail, isModel: path === MODEL, region, query };
}

/** Once, as AWS does: what was encoded twice stays encoded, and is then nobody's name. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
