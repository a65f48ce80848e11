import { isObject } from "../conversation/json-schema/is-object.ts";

/** OpenAI's Python client flattens `extra_body`; callers without it send it as it stands. */
export function flattened(body: unknown): unknown {
  if (!isObject(body) || !isObject(body["extra_body"])) return body;
  const { extra_body: extra, ...rest } = body;
  return { ...rest, ...extra };
}

/** Anthropic's clients ask for beta features in a header, AWS's native callers for a guardrail; Bedrock reads them in the body. */
export function withNativeHeaders(body: unknown, headers: Headers): unknown {
  if (!isObject(body)) return body;
  if (!headers.has("anthropic-beta") && !headers.has("x-amzn-bedrock-guardrailidentifier")) return body;
  const said = { ...betasOf(headers), ...guardrailOf(headers) };
  // `null` says nothing, and least of all that a guardrail is not wanted.
  const unsaid = Object.entries(said).filter(([name]) => body[name] == null);
  return { ...body, ...Object.fromEntries(unsaid) };
}

function betasOf(headers: Headers): object {
  const betas = headers.get("anthropic-beta")?.split(",") ?? [];
  const given = betas.map((beta) => beta.trim()).filter(Boolean);
  return given.length > 0 ? { anthropic_beta: given } : {};
}

/** What AWS's own chat endpoint is told in headers. Source: AWS's guide to OpenAI's APIs on Bedrock. */
function guardrailOf(headers: Headers): object {
  const guardrailIdentifier = headers.get("x-amzn-bedrock-guardrailidentifier");
  const trace = headers.get("x-amzn-bedrock-trace")?.toLowerCase();
  if (guardrailIdentifier === null) return {};
  const guardrailVersion = headers.get("x-amzn-bedrock-guardrailversion") ?? "";
  return { guardrailConfig: { guardrailIdentifier, guardrailVersion, ...(trace && { trace }) } };
}
