import type * as z from "../schema/z.ts";

/** What is wrong with a request, in the words of Anthropic's API. */
export interface Complaint {
  message: string;
  /** `messages.0.content.1.text` */
  param: string;
}

type Issue = z.Issue;

/** The first thing wrong with `input`. */
export function toComplaint({ issues }: z.SchemaError, input: unknown): Complaint {
  const issue = issues[0]!;
  const param = issue.path.map(String).join(".");
  return { message: `${param}: ${describe(issue, valueAt(input, issue.path))}`, param };
}

function describe(issue: Issue, value: unknown): string {
  if (value === undefined) return "Field required";
  switch (issue.code) {
    case "invalid_type":
      return `Input should be ${kindOf(issue.expected)}`;
    case "invalid_value":
      return `Input should be ${listed(issue.values)}`;
    case "too_big":
    case "too_small":
      return outOfRange(issue, value);
    case "custom":
      return untold(issue.params);
    default:
      return `Input should be valid (${issue.message})`;
  }
}

type Bounds = Extract<Issue, { code: "too_big" | "too_small" }>;

function outOfRange(issue: Bounds, value: unknown): string {
  const [side, bound] =
    issue.code === "too_big" ? (["most", issue.maximum] as const) : (["least", issue.minimum] as const);
  if (issue.origin === "array")
    return `List should have at ${side} ${bound} item${bound === 1 ? "" : "s"} after validation, not ${(value as unknown[]).length}`;
  if (issue.origin === "string")
    return `String should have at ${side} ${bound} character${bound === 1 ? "" : "s"}`;
  return `Input should be ${side === "most" ? "less" : "greater"} than or equal to ${bound}`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: "a valid list",
  boolean: "a valid boolean",
  int: "a valid integer",
  number: "a valid number",
  object: "an object",
  record: "a valid dictionary",
  string: "a valid string",
};

const kindOf = (expected: string): string => KINDS[expected] ?? expected;

function untold(params: Record<string, unknown> | undefined): string {
  const { tag, known } = (params ?? {}) as { tag?: string; known?: readonly string[] };
  const expected = (known ?? []).map(quoted).join(", ");
  return `Input tag ${quoted((tag ?? "").slice(0, 64))} found using 'type' does not match any of the expected tags: ${expected}`;
}

const quoted = (value: unknown): string => `'${String(value)}'`;

const listed = (values: readonly unknown[]): string =>
  values.length < 2
    ? quoted(values[0])
    : `${values.slice(0, -1).map(quoted).join(", ")} or ${quoted(values.at(-1))}`;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
