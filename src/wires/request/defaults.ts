import type { CallContext } from "../../context.ts";

/** A request with the operator's own values for what it does not say. `null` says nothing. */
export function withDefaults(body: unknown, { bedrock }: Pick<CallContext, "bedrock">): unknown {
  const { model } = (body ?? {}) as { model?: unknown };
  if (typeof model !== "string") return body;
  const defaults = bedrock.defaultsOf(model);
  if (Object.keys(defaults).length === 0) return body;
  const given = Object.entries(body as object).filter(([, value]) => value != null);
  return { ...defaults, ...Object.fromEntries(given) };
}
