import { type Issue, isHopeless, type Origin, prefix, type RawIssue, toIssue } from "./issue.ts";
import { Schema } from "./schema.ts";

interface Kind {
  origin: Origin;
  /** What a value should have been; undefined for what it is. */
  expected(value: unknown): string | undefined;
  /** What is bounded of it. */
  measure(value: never): number;
  /** What holds others judges them. */
  members?(value: never, issues: Issue[]): unknown;
}

/** What is wrong with a value that is of the right kind. */
type Check = (value: never) => RawIssue | undefined;

/** Values of one kind, within bounds. */
export class Bounded<Output> extends Schema<Output> {
  readonly #kind: Kind;
  readonly #checks: readonly Check[];

  constructor(kind: Kind, checks: readonly Check[] = []) {
    super();
    this.#kind = kind;
    this.#checks = checks;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    const expected = this.#kind.expected(value);
    if (expected !== undefined) {
      issues.push(toIssue({ code: "invalid_type", expected }));
      return value;
    }
    const since = issues.length;
    const taken = this.#kind.members?.(value as never, issues) ?? value;
    if (isHopeless(issues, since)) return taken;
    for (const check of this.#checks) {
      const found = check(value as never);
      if (found) issues.push({ ...toIssue(found), isNear: true });
    }
    return taken;
  }

  min(minimum: number): Bounded<Output> {
    const { origin, measure } = this.#kind;
    return this.#with((value) =>
      measure(value) < minimum ? { code: "too_small", origin, minimum } : undefined,
    );
  }

  max(maximum: number): Bounded<Output> {
    const { origin, measure } = this.#kind;
    return this.#with((value) =>
      measure(value) > maximum ? { code: "too_big", origin, maximum } : undefined,
    );
  }

  regex(this: Bounded<string>, pattern: RegExp, message: string): Bounded<string> {
    return this.#with((text: string) =>
      pattern.test(text) ? undefined : { code: "invalid_format", message },
    );
  }

  #with(check: Check): Bounded<Output> {
    return new Bounded(this.#kind, [...this.#checks, check]);
  }
}

const lengthOf = ({ length }: { length: number }): number => length;
const itself = (value: number): number => value;

const STRING: Kind = {
  origin: "string",
  expected: (value) => (typeof value === "string" ? undefined : "string"),
  measure: lengthOf,
};

const NUMBER: Kind = {
  origin: "number",
  expected: (value) => (typeof value === "number" && Number.isFinite(value) ? undefined : "number"),
  measure: itself,
};

const INT: Kind = {
  ...NUMBER,
  expected: (value) => NUMBER.expected(value) ?? (Number.isInteger(value) ? undefined : "int"),
};

export const string = (): Bounded<string> => new Bounded(STRING);

/** Finite ones: JSON knows no others. */
export const number = (): Bounded<number> => new Bounded(NUMBER);

/** Whole, and as it was written: beyond these two a number stands for its neighbours too. */
export const int = (): Bounded<number> =>
  new Bounded<number>(INT).min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** A list is another one only where an item becomes another. */
export function array<Item>(item: Schema<Item>): Bounded<Item[]> {
  return new Bounded<Item[]>({
    origin: "array",
    expected: (value) => (Array.isArray(value) ? undefined : "array"),
    measure: lengthOf,
    members(values: readonly unknown[], issues) {
      const taken = values.map((value, index) => {
        const since = issues.length;
        const member = item.judge(value, issues);
        prefix(issues, since, index);
        return member;
      });
      return taken.some((member, index) => member !== values[index]) ? taken : values;
    },
  });
}
