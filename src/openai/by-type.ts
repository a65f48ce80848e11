import * as z from "../schema/z.ts";

type Schemas = Record<string, z.Schema>;

/**
 * A union told apart by `type`, with a schema for all other types: what is wrong is said of the one branch that was
 * meant, and no other is tried.
 */
export function byType<Known extends Schemas, Other extends z.Schema>(
  known: Known,
  other: Other,
): z.Schema<z.output<Known[keyof Known] | Other>> {
  return z.unknown().transform((value, context) => {
    const type = (value as { type?: unknown } | null)?.type;
    const schema = typeof type === "string" && Object.hasOwn(known, type) ? known[type]! : other;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue, input: value });
    return z.NEVER;
  });
}
