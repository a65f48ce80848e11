import { type Issue, isHopeless, toIssue } from "./issue.ts";
import type { Shape } from "./objects.ts";
import { Schema } from "./schema.ts";
import { OneOf } from "./simple.ts";

type Options = readonly Schema[];

/** One of several, tried in their order. */
export class Union<Of extends Options> extends Schema<Of[number]["output"]> {
  readonly options: Of;

  constructor(options: Of) {
    super();
    this.options = options;
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    const errors: Issue[][] = [];
    for (const option of this.options) {
      const found: Issue[] = [];
      const taken = option.judge(value, found);
      if (found.length === 0) return taken;
      errors.push(found);
    }
    const near = errors.filter((found) => !isHopeless(found));
    // The only one of its kind is the one that was meant.
    if (near.length === 1) issues.push(...near[0]!);
    else issues.push(toIssue({ code: "invalid_union", errors }));
    return value;
  }
}

export const union = <const Of extends Options>(options: Of): Union<Of> => new Union(options);

type Branch = Schema & { readonly shape: Shape };

/** One of several objects, told apart by the values that a member may have: no other is tried. */
class TaggedUnion<Of extends readonly Branch[]> extends Schema<Of[number]["output"]> {
  readonly options: Of;
  readonly #tag: string;
  readonly #byTag: ReadonlyMap<unknown, Schema>;

  constructor(tag: string, options: Of) {
    super();
    this.options = options;
    this.#tag = tag;
    this.#byTag = new Map(options.flatMap((option) => tagsOf(option, tag).map((each) => [each, option])));
  }

  override judge(value: unknown, issues: Issue[]): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      issues.push(toIssue({ code: "invalid_type", expected: "object" }));
      return value;
    }
    const option = this.#byTag.get((value as Record<string, unknown>)[this.#tag]);
    if (option) return option.judge(value, issues);
    const options = [...this.#byTag.keys()];
    issues.push(toIssue({ code: "invalid_union", errors: [], options, path: [this.#tag] }));
    return value;
  }
}

function tagsOf({ shape }: Branch, tag: string): readonly string[] {
  const values = shape[tag];
  if (values instanceof OneOf) return values.values;
  throw new TypeError(`A branch of a union is not told apart by '${tag}'.`);
}

export const discriminatedUnion = <Of extends readonly Branch[]>(tag: string, options: Of): TaggedUnion<Of> =>
  new TaggedUnion(tag, options);
