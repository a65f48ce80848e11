import { isObject } from "./request.ts";

/** Where a `$ref` inside the same document leads: a JSON pointer after `#`. */
export function refTarget(ref: string, root: unknown): unknown {
  const steps = ref.replace(/^#\/?/, "").split("/").filter(Boolean);
  return steps.reduce<unknown>(
    (at, step) => (isObject(at) ? at[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined),
    root,
  );
}
