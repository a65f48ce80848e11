import * as z from "zod";

/**
 * Like `z.array`, but it stops at the first bad item: a list of a million bad items would otherwise become a million
 * issues, and those gigabytes.
 */
export function listOf<Item extends z.ZodType>(
  item: Item,
  min = 0,
  max = Infinity,
): z.ZodType<z.output<Item>[], z.input<Item>[]> {
  const list = z
    .array(z.unknown())
    .min(min)
    .max(max)
    .transform((values, context) => {
      const parsed: z.output<Item>[] = [];
      for (const [index, value] of values.entries()) {
        const result = item.safeParse(value);
        if (!result.success) {
          const [issue] = result.error.issues;
          context.issues.push({
            ...issue!,
            path: [index, ...issue!.path],
            input: value,
          } as z.core.$ZodRawIssue);
          return z.NEVER;
        }
        parsed.push(result.data);
      }
      return parsed;
    });
  // What goes in is checked above; the transform's own input type says less than it.
  return list as unknown as z.ZodType<z.output<Item>[], z.input<Item>[]>;
}
