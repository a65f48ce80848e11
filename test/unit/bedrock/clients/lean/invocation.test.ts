import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { invocationHeaders } from "../../../../../src/bedrock/clients/lean/invocation.ts";
import { sdkRequire } from "../../../../../src/bedrock/clients/sdk-client.ts";

/** What Lambda's runtime holds; the SDK keeps the one that it has found first. */
const store: Record<string, () => string | undefined> = {};

beforeEach(() => {
  for (const name of Object.keys(store)) delete store[name];
  for (const name of ["getXRayTraceId", "getTraceparent", "getTracestate", "getBaggage"])
    store[name] = () => undefined;
  vi.stubGlobal("awslambda", { InvokeStore: store });
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "mine");
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

type Headers = Record<string, string>;
type Step = (next: (args: object) => Promise<object>) => (args: object) => Promise<object>;

const { getRecursionDetectionPlugin } = sdkRequire()("@aws-sdk/core/client") as {
  getRecursionDetectionPlugin(config: object): { applyToStack(stack: object): void };
};

async function bySdk(headers: Headers): Promise<Headers> {
  const request = { protocol: "https:", hostname: "h", method: "POST", path: "/", query: {}, headers };
  const steps: Step[] = [];
  getRecursionDetectionPlugin({}).applyToStack({ add: (step: Step) => void steps.push(step) });
  await steps[0]!(async (args) => args)({ request });
  return headers;
}

const NEWS: readonly [string, Headers, Headers?][] = [
  ["nothing", {}],
  ["an invocation's trace", { getXRayTraceId: "Root=1-2" }],
  ["a trace of the environment", {}, { _X_AMZN_TRACE_ID: "Root=1-3" }],
  ["both", { getXRayTraceId: "Root=1-2" }, { _X_AMZN_TRACE_ID: "Root=1-3" }],
  ["one that is empty", { getXRayTraceId: "" }, { _X_AMZN_TRACE_ID: "Root=1-3" }],
  ["a parent", { getTraceparent: "00-a-b-01" }],
  ["a parent with all else", { getTraceparent: "00-a-b-01", getTracestate: "s=1", getBaggage: "k=v" }],
  ["a state without a parent", { getTracestate: "s=1", getBaggage: "k=v" }],
];

const SAID: readonly [string, Headers][] = [
  ["nothing", {}],
  ["its own trace", { "x-amzn-trace-id": "mine" }],
  ["its own trace, in capitals", { "X-AMZN-TRACE-ID": "mine" }],
  ["its own parent", { traceparent: "mine" }],
];

const CASES = NEWS.flatMap(([held, values, environment = {}]) =>
  SAID.map(([own, said]) => ({ held, values, environment, own, said })),
);

it.each(CASES)(
  "of $held, AWS is told what the SDK tells it, where a call says $own",
  async ({ values, environment, said }) => {
    for (const [name, value] of Object.entries(values)) store[name] = () => value;
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect({ ...said, ...invocationHeaders(Object.keys(said)) }).toEqual(await bySdk({ ...said }));
  },
);

it("a runtime that holds nothing is asked for nothing", () => {
  vi.stubGlobal("awslambda", {});
  expect(invocationHeaders([])).toEqual({});
});
