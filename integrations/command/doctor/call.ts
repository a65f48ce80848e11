import type { LocalHandler, Told } from "../call-handler.ts";
import type { CallCheck } from "./calls.ts";
import { cureOf, detailOf } from "./cures.ts";
import type { Finding } from "./finding.ts";

/** The account may have another model where this one is closed. */
const CLOSED: ReadonlySet<unknown> = new Set([
  "model_not_available",
  "model_agreement_pending",
  "model_not_found",
]);

/** AWS knows the caller and the model, and would answer at another time. */
const PASSING: ReadonlySet<unknown> = new Set([
  "rate_limit_exceeded",
  "insufficient_quota",
  "model_not_ready",
  "service_unavailable",
]);

/** Makes the call with the first of the models that is open to the account. */
export async function callOnce(
  call: CallCheck,
  models: readonly string[],
  { ask }: Pick<LocalHandler, "ask">,
  signal: AbortSignal,
): Promise<Finding> {
  const closed: string[] = [];
  let first: Told | undefined;
  for (const model of call.serves ? models : ["guardrail-checks"]) {
    const told = await ask(call.path, { body: call.body(model), signal });
    if (!told.error) return answered(call, model, told, closed);
    if (!CLOSED.has(told.error.code)) return refused(call, told);
    first ??= told;
    closed.push(model);
  }
  return first ? refused(call, first) : unserved(call);
}

function unserved({ name, essential }: CallCheck): Finding {
  const found = { check: name, detail: "the list has no model for it" };
  return essential
    ? { ...found, level: "failure", cure: "Name a model: --model." }
    : { ...found, level: "skipped" };
}

function answered(call: CallCheck, model: string, told: Told, closed: readonly string[]): Finding {
  const tokens = tokensIn(told.body);
  const used = tokens === 0 ? "" : ` (${tokens === 1 ? "1 token" : `${tokens} tokens`})`;
  const others = closed.length === 0 ? "" : `; closed to this account: ${closed.join(", ")}`;
  const who = call.serves ? `${model} ` : "";
  return { check: call.name, level: "ok", detail: `${who}answered${used}${others}` };
}

function refused({ name, essential }: CallCheck, told: Told): Finding {
  const cure = cureOf(told);
  const level = essential && !PASSING.has(told.error?.code) ? "failure" : "warning";
  return { check: name, level, detail: detailOf(told), ...(cure !== undefined && { cure }) };
}

/** Of a stream they stand in its last event with any. */
function tokensIn(body: unknown): number {
  if (typeof body !== "string") {
    const { usage } = body as { usage?: { total_tokens?: number } };
    return usage?.total_tokens ?? 0;
  }
  const [, tokens = "0"] = /"total_tokens":(\d{1,9})/.exec(body) ?? [];
  return Number(tokens);
}
