import { expect } from "vitest";
import type { BedrockEmulator } from "../../../src/testing/index.ts";
import { emulator } from "./support.ts";
import type { Body } from "./support.ts";

/** Calls of guardrails without an SDK between. */

export const GUARDRAIL = "gr1abc";
/** One blue pixel. */
export const BLUE_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQEXkGAAFOAQ95QyO7AAAAAElFTkSuQmCC";
export const JPEG = Buffer.from("ffd8ffe000104a464946000101000001", "hex").toString("base64");

export const text = (said: string): Body => ({ text: { text: said } });
export const image = (bytes: string, format = "png"): Body => ({ image: { format, source: { bytes } } });

export async function post(bedrock: BedrockEmulator, path: string, body: unknown) {
  const response = await fetch(bedrock.url + path, {
    method: "POST",
    headers: { authorization: "Bearer key", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const error = response.headers.get("x-amzn-errortype")?.split(":")[0];
  return { status: response.status, error, json: (await response.json()) as Body };
}

export const pathOf = (id: string, version = "DRAFT") =>
  `/guardrail/${encodeURIComponent(id)}/version/${version}/apply`;

interface Applied {
  action: string;
  actionReason: string;
  outputs: { text: string }[];
  assessments: [Record<string, Record<string, Body[]>> & { invocationMetrics: Body }];
  usage: Record<string, number>;
  guardrailCoverage: Body;
}

interface Asked {
  id?: string;
  source?: "INPUT" | "OUTPUT";
  scope?: "INTERVENTIONS" | "FULL";
}

/** What a guardrail makes of some blocks, or of one text. */
export async function apply(said: string | Body[], { id = GUARDRAIL, source = "INPUT", scope }: Asked = {}) {
  const content = typeof said === "string" ? [text(said)] : said;
  const body = { source, content, ...(scope && { outputScope: scope }) };
  const { status, json } = await post(await emulator(), pathOf(id), body);
  expect([status, json["message"]]).toEqual([200, undefined]);
  return json as unknown as Applied;
}

export const filtersOf = ({ assessments: [{ contentPolicy }] }: Applied): Body[] =>
  contentPolicy?.["filters"] ?? [];
export const found = (applied: Applied) =>
  filtersOf(applied).map(({ type, confidence }) => [type, confidence]);

/** The policies that an assessment tells of. */
export const policiesOf = ({ assessments: [assessment] }: Applied) =>
  Object.keys(assessment).filter((name) => name.endsWith("Policy"));

export const CHECKS = "/guardrail-checks/invoke";
export const says = (...texts: string[]) => ({
  role: "user",
  content: texts.map((said) => ({ text: said })),
});
export const filter = (...categories: string[]) => ({
  categories: categories.map((category) => ({ category })),
});
export const entities = (...types: string[]) => ({ entities: types.map((type) => ({ type })) });
