import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isPlain } from "../../../../../src/bedrock/courier/thin/is-plain.ts";
import { furnish } from "../../../../../src/bedrock/clients/furnish.ts";
import type { ResolvedOptions } from "../../../../../src/options.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const clientOf = (config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({ region: "us-east-1", credentials, ...config });

type Stack = BedrockRuntimeClient["middlewareStack"];

const passes = ((next: unknown) => next) as never;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("a client that needs no middleware stack", () => {
  it.each<[string, BedrockRuntimeClient]>([
    ["as the SDK makes it", clientOf()],
    [
      "with a retry strategy and an address of its user's",
      clientOf({ maxAttempts: 7, endpoint: "https://x.test" }),
    ],
    ["with an API key", clientOf({ token: { token: "key" }, authSchemePreference: ["httpBearerAuth"] })],
  ])("is one %s", async (_, client) => expect(await isPlain(client)).toBe(true));

  it("is ours, with the headers and the renewal that we add", async () => {
    const client = clientOf();
    furnish(client, { headers: { "x-gateway": "blue" } } as unknown as ResolvedOptions);
    expect(await isPlain(client)).toBe(true);
  });
});

describe("a client whose stack is somebody's", () => {
  it.each<[string, (stack: Stack) => void]>([
    ["a step is added", (stack) => stack.add(passes, { step: "build", name: "mine" })],
    ["a step without a name is added", (stack) => stack.add(passes, { step: "initialize" })],
    [
      "a step is added beside the SDK's",
      (stack) =>
        stack.addRelativeTo(passes, { relation: "after", toMiddleware: "retryMiddleware", name: "tracer" }),
    ],
    ["a step is taken out", (stack) => stack.remove("retryMiddleware")],
    ["steps are taken out by tag", (stack) => stack.removeByTag("USER_AGENT")],
    ["its stack is wrapped", (stack) => Object.assign(stack.resolve, { __wrapped: true })],
  ])("goes through it, also where it was plain before: %s", async (_, change) => {
    const client = clientOf();
    expect(await isPlain(client)).toBe(true);
    change(client.middlewareStack);
    expect(await isPlain(client)).toBe(false);
  });

  it.each<[string, (client: BedrockRuntimeClient) => unknown]>([
    ["a spy", (client) => vi.spyOn(client, "send")],
    ["a function in its place", (client) => Object.assign(client, { send: async () => ({}) })],
  ])("goes through its send: %s", async (_, double) => {
    const client = clientOf();
    double(client);
    expect(await isPlain(client)).toBe(false);
  });

  it("goes through the send of all clients where that is doubled", async () => {
    // As aws-sdk-client-mock does it.
    const double = vi.spyOn(BedrockRuntimeClient.prototype, "send");
    expect(await isPlain(clientOf())).toBe(false);
    double.mockRestore();
    expect(await isPlain(clientOf())).toBe(true);
  });

  it("goes through the send of a class of its user's", async () => {
    class Traced extends BedrockRuntimeClient {
      override send = super.send.bind(this) as BedrockRuntimeClient["send"];
    }
    expect(await isPlain(new Traced({ region: "us-east-1", credentials }))).toBe(false);
  });

  it.each<[string, BedrockRuntimeClientConfig]>([
    ["a logger that listens", { logger: console }],
    ["a strategy that may let the first try wait", { retryMode: "adaptive" }],
    [
      "endpoint rules of its user's",
      { endpointProvider: () => ({ url: new URL("https://x.test") }) } as never,
    ],
    ["a choice of schemes of its user's", { httpAuthSchemeProvider: () => [] } as never],
    ["a strategy of its user's", { retryStrategy: { acquireInitialRetryToken: async () => ({}) } as never }],
  ])("goes through it: %s", async (_, config) => expect(await isPlain(clientOf(config))).toBe(false));

  it("goes through it on Lambda, where the SDK tells AWS of the invocation", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "mine");
    expect(await isPlain(clientOf())).toBe(false);
  });
});
