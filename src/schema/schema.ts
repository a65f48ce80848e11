import { type Issue, isHopeless, type RawIssue, toIssue } from "./issue.ts";

export interface SchemaError {
  issues: Issue[];
}

export type Parsed<Output> =
  | { success: true; data: Output; error?: never }
  | { success: false; data?: never; error: SchemaError };

/** What a transform tells of what it finds. */
export interface Finding {
  issues: { push(issue: RawIssue): void };
  addIssue(issue: RawIssue): void;
}

/** What a value may be. */
export abstract class Schema<Output = unknown> {
  /** For the compiler alone. */
  declare readonly output: Output;

  /**
   * Adds what is wrong with a value, and returns it: the same value, unless something in it becomes another. What is returned
   * with issues means nothing.
   */
  abstract judge(value: unknown, issues: Issue[]): unknown;

  safeParse(value: unknown): Parsed<Output> {
    const issues: Issue[] = [];
    const data = this.judge(value, issues);
    if (issues.length === 0) return { success: true, data: data as Output };
    for (const issue of issues) delete issue.isNear;
    return { success: false, error: { issues } };
  }

  /** @throws TypeError for a value that is none. */
  parse(value: unknown): Output {
    const { success, data, error } = this.safeParse(value);
    if (success) return data;
    throw new TypeError(JSON.stringify(error.issues));
  }

  nullish(): Schema<Output | null | undefined> {
    return new Unless<Output | null | undefined>(this, (value) => value == null);
  }

  nullable(): Schema<Output | null> {
    return new Unless<Output | null>(this, (value) => value === null);
  }

  refine(isRight: (value: Output) => boolean, message: string): Schema<Output> {
    return this.superRefine((value, { addIssue }) => {
      if (!isRight(value)) addIssue({ code: "custom", message });
    });
  }

  superRefine(look: (value: Output, finding: Finding) => void): Schema<Output> {
    return new Refined(this, look);
  }

  transform<To>(change: (value: Output, finding: Finding) => To): Schema<To> {
    return new Transformed(this, change);
  }
}

/** Takes some values as they are. */
class Unless<Output> extends Schema<Output> {
  readonly #inner: Schema;
  readonly #isTaken: (value: unknown) => boolean;

  constructor(inner: Schema, isTaken: (value: unknown) => boolean) {
    super();
    this.#inner = inner;
    this.#isTaken = isTaken;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    return this.#isTaken(value) ? value : this.#inner.judge(value, issues);
  }
}

class Refined<Output> extends Schema<Output> {
  readonly #inner: Schema<Output>;
  readonly #look: (value: Output, finding: Finding) => void;

  constructor(inner: Schema<Output>, look: (value: Output, finding: Finding) => void) {
    super();
    this.#inner = inner;
    this.#look = look;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    const since = issues.length;
    const taken = this.#inner.judge(value, issues) as Output;
    if (!isHopeless(issues, since)) this.#look(taken, findingIn(issues, true));
    return taken;
  }
}

class Transformed<From, To> extends Schema<To> {
  readonly #inner: Schema<From>;
  readonly #change: (value: From, finding: Finding) => To;

  constructor(inner: Schema<From>, change: (value: From, finding: Finding) => To) {
    super();
    this.#inner = inner;
    this.#change = change;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    const since = issues.length;
    const taken = this.#inner.judge(value, issues) as From;
    return issues.length > since ? taken : this.#change(taken, findingIn(issues, false));
  }
}

function findingIn(issues: Issue[], isNear: boolean): Finding {
  const addIssue = (issue: RawIssue): void => void issues.push({ ...toIssue(issue), isNear });
  return { issues: { push: addIssue }, addIssue };
}
