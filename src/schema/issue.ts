interface Found {
  path: PropertyKey[];
  message: string;
  /** The value is of the right kind: among the branches of a union it is this one that was meant. Only while it is judged. */
  isNear?: boolean;
}

/** What is wrong with a value, in zod's words for it. */
export type Issue = Found &
  (
    | { code: "invalid_type"; expected: string }
    | { code: "invalid_value"; values: readonly unknown[] }
    /** What is wrong by each branch; none where there is no such branch, and then which there are. */
    | { code: "invalid_union"; errors: Issue[][]; options?: readonly unknown[] }
    | { code: "too_big"; origin: Origin; maximum: number }
    | { code: "too_small"; origin: Origin; minimum: number }
    | { code: "invalid_format" }
    | { code: "custom"; params?: Record<string, unknown> }
  );

/** What a bound is of: the size of a text, a list or an object, or the number itself. */
export type Origin = "string" | "array" | "object" | "number" | "int";

/** A union keeps its branches apart where something is taken away or added. */
type Without<Union, Names extends PropertyKey> = Union extends unknown ? Omit<Union, Names> : never;

/** An issue as who finds it tells it. */
export type RawIssue = Without<Issue, "path" | "message"> & {
  path?: PropertyKey[];
  message?: string;
  input?: unknown;
};

/** Without the value, which may be large: who complains of it has it. */
export function toIssue(raw: RawIssue): Issue {
  const issue = { ...raw, path: [...(raw.path ?? [])], message: raw.message ?? messageOf(raw) };
  delete issue.input;
  return issue as Issue;
}

const messageOf = (raw: RawIssue): string =>
  raw.code === "invalid_type" ? `Invalid input: expected ${raw.expected}` : "Invalid input";

/** Of a member: what stands in front of it in the path of all that was found since. */
export function prefix(issues: readonly Issue[], since: number, name: PropertyKey): void {
  for (let at = since; at < issues.length; at += 1) issues[at]!.path.unshift(name);
}

/** Whether what was found since lets nobody look any further. */
export function isHopeless(issues: readonly Issue[], since = 0): boolean {
  for (let at = since; at < issues.length; at += 1) if (!issues[at]!.isNear) return true;
  return false;
}
