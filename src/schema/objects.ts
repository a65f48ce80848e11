import { type Issue, prefix, toIssue } from "./issue.ts";
import { Schema } from "./schema.ts";

export type Shape = Readonly<Record<string, Schema>>;

type Members<S extends Shape> = {
  -readonly [Name in keyof S as undefined extends S[Name]["output"] ? never : Name]: S[Name]["output"];
} & {
  -readonly [Name in keyof S as undefined extends S[Name]["output"] ? Name : never]?: S[Name]["output"];
};

/** As one object, for whoever reads it in an editor. */
type Flat<T> = { [Name in keyof T]: T[Name] };

/** What passes of an object beside its shape. */
export type Loose = Record<string, unknown>;
export type Strict = unknown;

type OutputOf<S extends Shape, Rest> = Flat<Members<S>> & Rest;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether nothing in the place of a value is right, and stays nothing. */
function takesNothing(schema: Schema): boolean {
  const issues: Issue[] = [];
  return schema.judge(undefined, issues) === undefined && issues.length === 0;
}

/** Objects of known members. */
export class ObjectSchema<S extends Shape, Rest = Strict> extends Schema<OutputOf<S, Rest>> {
  readonly shape: S;
  readonly #names: readonly string[];
  /** Members that are to be judged also where they are not there. Most requests say little of what they could. */
  #needed: readonly string[] | undefined;
  readonly #isLoose: boolean;

  constructor(shape: S, isLoose: boolean) {
    super();
    this.shape = shape;
    this.#names = Object.keys(shape);
    this.#isLoose = isLoose;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    if (!isObject(value)) {
      issues.push(toIssue({ code: "invalid_type", expected: "object" }));
      return value;
    }
    const needed = (this.#needed ??= this.#names.filter((name) => !takesNothing(this.shape[name]!)));
    const isNamed = (name: string): boolean => value[name] !== undefined && Object.hasOwn(this.shape, name);
    const judged = (names: readonly string[]): Record<string, unknown> | undefined =>
      othersOf(value, names, (name) => this.shape[name]!, issues);
    const since = issues.length;
    const said = Object.keys(value).filter((name) => isNamed(name) && !needed.includes(name));
    let others = judged([...needed, ...said]);
    if (issues.length > since) {
      // What is wrong is told in the order of the shape.
      issues.length = since;
      others = judged(this.#names.filter((name) => isNamed(name) || needed.includes(name)));
    }
    if (!this.#isLoose) {
      const known = this.#names.filter((name) => Object.hasOwn(value, name));
      return { ...Object.fromEntries(known.map((name) => [name, value[name]])), ...others };
    }
    return withOthers(value, others);
  }

  loose(): ObjectSchema<S, Loose> {
    return new ObjectSchema<S, Loose>(this.shape, true);
  }

  extend<More extends Shape>(more: More): ObjectSchema<Omit<S, keyof More> & More, Rest> {
    return new ObjectSchema<Omit<S, keyof More> & More, Rest>({ ...this.shape, ...more }, this.#isLoose);
  }

  omit<Name extends keyof S & string>(
    names: Readonly<Record<Name, true>>,
  ): ObjectSchema<Omit<S, Name>, Rest> {
    const left = Object.entries(this.shape).filter(([name]) => !Object.hasOwn(names, name));
    return new ObjectSchema<Omit<S, Name>, Rest>(Object.fromEntries(left) as Omit<S, Name>, this.#isLoose);
  }
}

/** What is in an object beside its shape is left out. */
export const object = <S extends Shape>(shape: S): ObjectSchema<S> => new ObjectSchema<S>(shape, false);

/** What is in an object beside its shape passes. */
export const looseObject = <S extends Shape>(shape: S): ObjectSchema<S, Loose> =>
  new ObjectSchema<S, Loose>(shape, true);

class RecordSchema<Output> extends Schema<Record<string, Output>> {
  readonly #member: Schema<Output>;

  constructor(member: Schema<Output>) {
    super();
    this.#member = member;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    if (!isObject(value)) {
      issues.push(toIssue({ code: "invalid_type", expected: "record" }));
      return value;
    }
    const names = Object.keys(value).filter((name) => name !== "__proto__");
    return withOthers(
      value,
      othersOf(value, names, () => this.#member, issues),
    );
  }
}

/** Objects of whatever names, whose values are all of one kind. */
export const record = <Output>(
  _names: Schema<string>,
  member: Schema<Output>,
): Schema<Record<string, Output>> => new RecordSchema(member);

/** The members that become others; undefined where all stay. */
function othersOf(
  value: Record<string, unknown>,
  names: readonly string[],
  schemaOf: (name: string) => Schema,
  issues: Issue[],
): Record<string, unknown> | undefined {
  const others: [string, unknown][] = [];
  for (const name of names) {
    const since = issues.length;
    const given = value[name];
    const taken = schemaOf(name).judge(given, issues);
    if (issues.length > since) prefix(issues, since, name);
    else if (taken !== given) others.push([name, taken]);
  }
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

/** `__proto__` is a name that JSON can hold, and nothing that anyone means. */
function withOthers(value: object, others: object | undefined): object {
  const isHarmless = !Object.hasOwn(value, "__proto__");
  if (isHarmless && others === undefined) return value;
  const rest: Record<string, unknown> = { ...value, ...others };
  // Not read to be left out: a Node that was told to disallow it throws where it is none of the object's own.
  delete rest["__proto__"];
  return rest;
}
