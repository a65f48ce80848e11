import type { Context } from "./otel.ts";

/** A context that a span comes into later: whatever runs in it sees the span from then on. */
export interface LateContext extends Context {
  now(): Context;
  become(context: Context): void;
}

/**
 * What a call asks is known only after its body was read, and a span is to be born with it; but a context is left by leaving a
 * function. So this one is entered first and says later what it holds.
 */
export function lateContext(first: Context): LateContext {
  let current = first;
  return {
    now: () => current,
    become: (context) => {
      current = context;
    },
    getValue: (key) => current.getValue(key),
    setValue: (key, value) => current.setValue(key, value),
    deleteValue: (key) => current.deleteValue(key),
  };
}
