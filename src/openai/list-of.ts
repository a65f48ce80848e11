import * as z from "../schema/z.ts";

/**
 * Like `z.array`, but it stops at the first bad item: a list of a million bad items would otherwise become a million
 * issues, and those gigabytes. It is another list only where an item becomes another, so that nobody copies what it is in.
 */
export function listOf<Item extends z.Schema>(
  item: Item,
  min = 0,
  max = Infinity,
): z.Schema<z.output<Item>[]> {
  return z
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
          });
          return z.NEVER;
        }
        parsed.push(result.data);
      }
      return parsed.some((each, index) => each !== values[index]) ? parsed : (values as z.output<Item>[]);
    });
}
