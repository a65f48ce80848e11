import { CLAUDE } from "../../support/bedrock.ts";

/** What docs/compatibility.md may say of a row. */
export type Behaviour = "mapped" | "emulated" | "adjusted" | "rejected";

/** A request that shows a behaviour; `named` is what the header or the error calls it, if not by its own name. */
export interface Sample {
  shows: Behaviour;
  body: object;
  model: string;
  named?: string;
}

/** Samples by the name that a row begins with. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

const showing =
  (shows: Behaviour) =>
  (body: object, model = CLAUDE, named?: string): Sample => ({
    shows,
    body,
    model,
    ...(named && { named }),
  });

export const mapped = showing("mapped");
export const emulated = showing("emulated");
export const adjusted = showing("adjusted");
export const rejected = showing("rejected");

export const NOVA_2 = "us.amazon.nova-2-lite-v1:0";
export const OSS = "converse/openai.gpt-oss-120b-1:0";
export const KIMI = "moonshotai.kimi-k2.5";
export const JAMBA = "ai21.jamba-1-5-large-v1:0";
/** A model that the test's own traits know to have no other latency than the standard one. */
export const SLOW = "acme.slow-v1:0";
export const R1 = "us.deepseek.r1-v1:0";

const parameters = { type: "object", properties: { a: { type: "string" } } };
export const f = { name: "f", parameters };
export const tools = [{ type: "function", function: f }];
export const system = { role: "system", content: "Be brief." };
export const hi = { role: "user", content: "Hi" };
