import { type Issue, toIssue } from "./issue.ts";
import { Schema } from "./schema.ts";

/** Values that one look is enough for. */
class Simple<Output> extends Schema<Output> {
  readonly #expected: string;
  readonly #is: (value: unknown) => boolean;

  constructor(expected: string, is: (value: unknown) => boolean) {
    super();
    this.#expected = expected;
    this.#is = is;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    if (!this.#is(value)) issues.push(toIssue({ code: "invalid_type", expected: this.#expected }));
    return value;
  }
}

export const boolean = (): Schema<boolean> => new Simple("boolean", (value) => typeof value === "boolean");

export const unknown = (): Schema => new Simple("unknown", () => true);

export const never = (): Schema<never> => new Simple("never", () => false);

/** One of a few values. */
export class OneOf<Value extends string> extends Schema<Value> {
  readonly values: readonly Value[];

  constructor(values: readonly Value[]) {
    super();
    this.values = values;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    const { values } = this;
    if (!values.includes(value as Value)) issues.push(toIssue({ code: "invalid_value", values }));
    return value;
  }
}

export const literal = <const Value extends string>(value: Value): OneOf<Value> => new OneOf([value]);

export const oneOf = <const Value extends string>(values: readonly Value[]): OneOf<Value> =>
  new OneOf(values);
