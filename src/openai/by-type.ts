import * as z from "zod";

type Schemas = Record<string, z.ZodType>;

/**
 * A union told apart by `type`, with a schema for all other types: what is wrong is said of the one branch that was
 * meant, and no other is tried.
 */
export function byType<Known extends Schemas, Other extends z.ZodType>(
  known: Known,
  other: Other,
): z.ZodType<z.output<Known[keyof Known] | Other>, z.input<Known[keyof Known] | Other>> {
  const union = z.unknown().transform((value, context) => {
    const type = (value as { type?: unknown } | null)?.type;
    const schema = typeof type === "string" && Object.hasOwn(known, type) ? known[type]! : other;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });
  // What goes in is checked above; the transform's own input type says less than it.
  return union as unknown as z.ZodType<
    z.output<Known[keyof Known] | Other>,
    z.input<Known[keyof Known] | Other>
  >;
}
