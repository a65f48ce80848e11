import type * as z from "../schema/z.ts";

/** What is wrong with a request, in OpenAI's words. Source: openai-contract §D. */
export interface Complaint {
  message: string;
  code: string;
  param: string;
}

type Issue = z.Issue;
type Path = readonly PropertyKey[];

/** The first thing wrong with `input`, worded as OpenAI words it. */
export function toComplaint(error: z.SchemaError, input: unknown): Complaint {
  return describe(mostTelling(error.issues[0]!), input);
}

/** A union reports every branch; the caller meant the one that fits best: wrong deepest, or wrong in more than type. */
function mostTelling(issue: Issue, base: Path = []): Issue {
  const path = [...base, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return { ...issue, path };
  const branches = issue.errors.map((branch) => mostTelling(branch[0]!, path));
  const best = branches.reduce((best, next) => (closeness(next) > closeness(best) ? next : best));
  return best.path.length > path.length || best.code !== "invalid_type" ? best : { ...issue, path };
}

const closeness = ({ path, code }: Issue): number => path.length * 2 + (MISSES.has(code) ? 0 : 1);

/** Codes that say no more than "not this branch". */
const MISSES: ReadonlySet<string> = new Set(["invalid_type", "custom"]);

function describe(issue: Issue, input: unknown): Complaint {
  const param = toParam(issue.path);
  const value = valueAt(input, issue.path);
  if (value === undefined) {
    return { message: `Missing required parameter: '${param}'.`, code: "missing_required_parameter", param };
  }
  switch (issue.code) {
    case "invalid_type":
      return wrongType(param, article(issue.expected), value);
    case "invalid_union":
      return issue.errors.length === 0
        ? badValue(param, value, discriminators(issue))
        : wrongType(param, `one of ${expectedTypes(issue).join(" or ")}`, value);
    case "invalid_value":
      return typeof value === typeof issue.values[0]
        ? badValue(param, value, issue.values)
        : wrongType(param, article(typeof issue.values[0]), value);
    case "too_big":
      if (issue.origin === "object")
        return {
          message: `Invalid '${param}': ${issue.message}.`,
          code: "object_above_max_properties",
          param,
        };
      return outOfRange(param, issue.origin, "above_max", issue.maximum, value);
    case "too_small":
      return outOfRange(param, issue.origin, "below_min", issue.minimum, value);
    default:
      return { message: `Invalid '${param}': ${issue.message}.`, code: "invalid_value", param };
  }
}

const wrongType = (param: string, expected: string, value: unknown): Complaint => ({
  message: `Invalid type for '${param}': expected ${expected}, but got ${typeName(value)} instead.`,
  code: "invalid_type",
  param,
});

function badValue(param: string, value: unknown, supported: readonly unknown[]): Complaint {
  const values = supported.map((each) => `'${String(each)}'`).join(", ");
  return {
    message: `Invalid value: '${shown(value)}'. Supported values are: ${values}.`,
    code: "invalid_value",
    param,
  };
}

function outOfRange(
  param: string,
  origin: string,
  side: "above_max" | "below_min",
  bound: number | bigint,
  value: unknown,
): Complaint {
  const adjective = side === "above_max" ? "maximum" : "minimum";
  const sign = side === "above_max" ? "<=" : ">=";
  if (origin === "array" || origin === "string") {
    const size = (value as string | unknown[]).length;
    if (origin === "array" && size === 0) {
      return {
        message: `Invalid '${param}': empty array. Expected an array with minimum length ${bound}, but got an empty array instead.`,
        code: "empty_array",
        param,
      };
    }
    const long = side === "above_max" ? "too long" : "too short";
    return {
      message: `Invalid '${param}': ${origin} ${long}. Expected ${article(origin)} with ${adjective} length ${bound}, but got ${article(origin)} with length ${size} instead.`,
      code: `${origin}_${side}_length`,
      param,
    };
  }
  const kind = origin === "int" || Number.isInteger(value) ? "integer" : "decimal";
  return {
    message: `Invalid '${param}': ${kind} ${side === "above_max" ? "above" : "below"} ${adjective} value. Expected a value ${sign} ${bound}, but got ${String(value)} instead.`,
    code: `${kind}_${side}_value`,
    param,
  };
}

/** `messages[0].content[1].text`, as OpenAI writes paths. */
const toParam = (path: Path): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`,
    "",
  );

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );

const discriminators = (issue: Issue): readonly unknown[] =>
  "options" in issue && Array.isArray(issue.options) ? issue.options : [];

function expectedTypes(issue: Issue & { code: "invalid_union" }): string[] {
  const types = issue.errors.flatMap(([first]) => {
    if (first?.code === "invalid_type") return [article(first.expected)];
    if (first?.code === "invalid_value") return [article(typeof first.values[0])];
    return ["an object"];
  });
  return [...new Set(types)];
}

const ARTICLES: Record<string, string> = {
  array: "an array",
  boolean: "a boolean",
  int: "an integer",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a string",
};

const article = (type: string): string => ARTICLES[type] ?? type;

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal";
  return article(typeof value);
}

/** An object is told by its type: it may have a `toString` of its own that is nobody's to call. */
function shown(value: unknown): string {
  const text = typeof value === "object" && value !== null ? typeName(value) : String(value);
  return text.length > 64 ? `${text.slice(0, 64)}…` : text;
}
