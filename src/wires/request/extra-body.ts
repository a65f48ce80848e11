import { isObject } from "../../conversation/json-schema/is-object.ts";

/** OpenAI's Python client flattens `extra_body`; callers without it send it as it stands. */
export function flattened(body: unknown): unknown {
  if (!isObject(body) || !isObject(body["extra_body"])) return body;
  const { extra_body: extra, ...rest } = body;
  return { ...rest, ...extra };
}

/** Anthropic's clients ask for beta features in a header; Bedrock reads them in the body. */
export function withNativeHeaders(body: unknown, headers: Headers): unknown {
  const betas = headers.get("anthropic-beta");
  if (!betas || !isObject(body) || "anthropic_beta" in body) return body;
  return {
    ...body,
    anthropic_beta: betas
      .split(",")
      .map((beta) => beta.trim())
      .filter(Boolean),
  };
}
