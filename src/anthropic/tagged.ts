import * as z from "../schema/z.ts";

type Schemas = Record<string, z.Schema>;

/** Something of a type that only Anthropic's own service writes and reads. */
export interface Foreign {
  type: "foreign";
  /** What it calls itself. */
  is: string;
}

/** A union told apart by `type`: what is wrong is said of the one branch that was meant, and no other is tried. */
export const tagged = <Known extends Schemas>(known: Known): z.Schema<z.output<Known[keyof Known]>> =>
  // What goes in is checked there; the transform's own type says less than it.
  union(known) as z.Schema<z.output<Known[keyof Known]>>;

/** @param foreign The types that pass unread. */
export const taggedOr = <Known extends Schemas>(
  known: Known,
  foreign: RegExp,
): z.Schema<z.output<Known[keyof Known]> | Foreign> =>
  union(known, foreign) as z.Schema<z.output<Known[keyof Known]> | Foreign>;

/** A text as it stands, anything else by its schema. */
export const textOr = <Schema extends z.Schema>(schema: Schema): z.Schema<string | z.output<Schema>> =>
  z
    .unknown()
    .transform((value, context) =>
      typeof value === "string" ? value : checked(schema, value, context),
    ) as z.Schema<string | z.output<Schema>>;

const union = (known: Schemas, foreign?: RegExp): z.Schema =>
  z.unknown().transform((value, context) => {
    const type = (value as { type?: unknown } | null | undefined)?.type;
    if (typeof type === "string" && Object.hasOwn(known, type)) return checked(known[type]!, value, context);
    if (typeof type === "string" && foreign?.test(type)) return { type: "foreign", is: type };
    context.issues.push({ ...untold(value, type, Object.keys(known)), input: value });
    return z.NEVER;
  });

/** What a schema makes of a value; what is wrong with it is the whole's affair. */
export function checked<Schema extends z.Schema>(
  schema: Schema,
  value: unknown,
  context: z.Finding,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: value });
  return z.NEVER;
}

/** Why there is no branch: it is no object, it has no `type`, or one that nobody knows. */
function untold(value: unknown, type: unknown, known: readonly string[]): z.RawIssue {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { code: "invalid_type", expected: "object", path: [] };
  if (typeof type !== "string") return { code: "invalid_type", expected: "string", path: ["type"] };
  return { code: "custom", path: [], params: { tag: type, known } };
}
