import { toJson } from "./json-line.ts";
import type { ServePlan } from "./plan.ts";
import type { Style } from "../terminal.ts";

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

export interface Greeting {
  plan: ServePlan;
  port: number;
  /** Where figures are; undefined where nobody asked for them. */
  metricsPort: number | undefined;
  /** The option `models`, where a name of the operator's own is nearer than AWS's. */
  models: Readonly<Record<string, unknown>>;
  isEmulator: boolean;
}

/** Where the server is, who may call it, and one line that calls it. Keys are told by their number alone. */
export function greet({ plan, port, metricsPort, models, isEmulator }: Greeting, style: Style): string {
  const url = urlOf(plan, port);
  const lines = [
    ...(isEmulator ? [style("yellow", EMULATOR)] : []),
    `Listening on ${style("bold", url)} (Ctrl+C stops it).`,
    ...(metricsPort === undefined ? [] : [`Figures for Prometheus are on ${metricsOf(plan, metricsPort)}.`]),
    `Callers need ${keys(plan.apiKeys)}. Try:`,
    "",
    `curl ${url}/chat/completions -H 'content-type: application/json'${header(plan)} -d '${body(models)}'`,
    "",
  ];
  return `${lines.join("\n")}\n`;
}

/** The same where machines read the log. */
export const greetInJson = ({ plan, port, metricsPort, isEmulator }: Greeting): string =>
  toJson("info", isEmulator ? EMULATOR : "Listening", {
    url: urlOf(plan, port),
    ...(metricsPort !== undefined && { metrics: metricsOf(plan, metricsPort) }),
    apiKeys: plan.apiKeys?.length ?? 0,
  });

const urlOf = ({ host }: ServePlan, port: number): string => `http://${named(host)}:${port}/v1`;
const metricsOf = ({ host }: ServePlan, port: number): string => `http://${named(host)}:${port}/metrics`;

const EMULATOR =
  "EMULATOR: these answers come from a local imitation of Bedrock. No model is called, nothing is billed.";

/** Addresses that mean "all of this machine" cannot be called on every system. */
const named = (host: string): string => {
  if (["0.0.0.0", "::", ""].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
};

const keys = (apiKeys: ServePlan["apiKeys"]): string => {
  if (!apiKeys) return "no API key";
  return apiKeys.length === 1 ? "the API key" : `one of ${apiKeys.length} API keys`;
};

const header = ({ apiKeys, keyVariable }: ServePlan): string =>
  apiKeys ? ` -H "authorization: Bearer $${keyVariable}"` : "";

function body(models: Greeting["models"]): string {
  const own = Object.keys(models).find((name) => /^[\w.:/-]+$/.test(name));
  return JSON.stringify({ model: own ?? MODEL, messages: [{ role: "user", content: "Hello!" }] });
}
