import { ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import nock from "nock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Clients, createClients } from "../../../../src/bedrock/clients/clients.ts";
import { createCourier } from "../../../../src/bedrock/courier/courier.ts";
import type { BedrockOpenAIOptions } from "../../../../src/options.ts";
import { resolveOptions } from "../../../../src/resolve-options.ts";
import { silenceEnvironment } from "../../../support/silent-environment.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const US: BedrockOpenAIOptions = { region: "us-east-1", credentials, retries: 0 };
const MODEL = "openai.gpt-5.4";

beforeAll(() => nock.disableNetConnect());
beforeEach(silenceEnvironment);
afterEach(() => {
  vi.unstubAllEnvs();
  nock.cleanAll();
});
afterAll(() => {
  nock.restore();
  nock.enableNetConnect();
});

const clientsOf = (options: BedrockOpenAIOptions): Clients => createClients(resolveOptions(options));

/** The header that the next request to a host and path comes with. */
function expectAt(url: string, method: "GET" | "POST" = "POST"): { headers: Headers } {
  const { origin, pathname } = new URL(url);
  const seen = { headers: new Headers() };
  nock(origin)
    .intercept(pathname, method)
    .reply((request: Request) => {
      seen.headers = request.headers;
      return [200, {}, { "content-type": "application/json" }];
    });
  return seen;
}

/** Sends something to a host and reads who it was signed by, for which Region and service. */
async function post(
  options: BedrockOpenAIOptions,
  host: "runtime" | "mantle",
  region?: string,
): Promise<void> {
  const clients = clientsOf(options);
  const courier = createCourier(() => clients, { firstByte: 5_000, idle: 5_000 });
  const delivery = await courier({
    operation: "InvokeModel",
    modelId: MODEL,
    region,
    to: { host, method: "POST", path: "/openai/v1/chat/completions" },
    body: new TextEncoder().encode("{}"),
    signal: new AbortController().signal,
  });
  for await (const _ of delivery.body);
}

const scopeIn = ({ headers }: { headers: Headers }): string =>
  /Credential=[^/]+\/\d{8}\/([^,]+)\/aws4_request/.exec(headers.get("authorization") ?? "")?.[1] ?? "";

describe("a Region that a model string names", () => {
  it("has a client of its own, for its own host", async () => {
    const clients = clientsOf(US);
    const regions = [undefined, "eu-west-3", "ap-southeast-2"];
    const found = await Promise.all(
      regions.map(async (region) => (await clients.runtime(region)).config.region()),
    );
    expect(found).toEqual(["us-east-1", "eu-west-3", "ap-southeast-2"]);
    expect(await clients.runtime("eu-west-3")).toBe(await clients.runtime("eu-west-3"));
    expect(await (await clients.control("eu-west-3")).config.region()).toBe("eu-west-3");
  });

  it.each([
    ["us-east-1", "us-gov-west-1"],
    ["us-east-1", "cn-north-1"],
    ["us-east-1", "eusc-de-east-1"],
    ["us-gov-west-1", "us-east-1"],
    ["cn-north-1", "us-gov-east-1"],
  ])("is never in another partition: from %s there is no way to %s", async (region, asked) => {
    const clients = clientsOf({ ...US, region });
    for (const host of ["runtime", "mantle", "control"] as const)
      await expect(clients[host](asked)).rejects.toMatchObject({ status: 404, code: "model_not_found" });
  });

  it("may be another one of the same partition", async () => {
    const clients = clientsOf({ ...US, region: "us-gov-west-1" });
    expect(await (await clients.runtime("us-gov-east-1")).config.region()).toBe("us-gov-east-1");
  });

  it("is enough where none is configured, in AWS's commercial partition", async () => {
    const clients = clientsOf({ credentials });
    await expect((await clients.runtime()).config.region()).rejects.toThrow(/region/i);
    expect(await (await clients.runtime("eu-west-1")).config.region()).toBe("eu-west-1");
    await expect(clients.runtime("us-gov-west-1")).rejects.toMatchObject({ status: 404 });
  });

  it("is otherwise the option's, AWS_REGION's or AWS_DEFAULT_REGION's, in that order", async () => {
    const home = async (region?: string): Promise<string> =>
      (await clientsOf({ credentials, ...(region && { region }) }).runtime()).config.region();
    vi.stubEnv("AWS_DEFAULT_REGION", "eu-west-1");
    expect(await home()).toBe("eu-west-1");
    vi.stubEnv("AWS_REGION", "eu-west-2");
    expect(await home()).toBe("eu-west-2");
    expect(await home("eu-west-3")).toBe("eu-west-3");
  });
});

describe("the hosts", () => {
  it("are Bedrock's runtime, signed for bedrock", async () => {
    const seen = expectAt("https://bedrock-runtime.eu-west-3.amazonaws.com/openai/v1/chat/completions");
    await post(US, "runtime", "eu-west-3");
    expect(scopeIn(seen)).toBe("eu-west-3/bedrock");
  });

  it.each([undefined, "us-west-2"])(
    "are mantle, signed for bedrock-mantle, in its Region: %s",
    async (region) => {
      const host = `bedrock-mantle.${region ?? "us-east-1"}.api.aws`;
      const seen = expectAt(`https://${host}/openai/v1/chat/completions`);
      await post(US, "mantle", region);
      expect(scopeIn(seen)).toBe(`${region ?? "us-east-1"}/bedrock-mantle`);
      expect(seen.headers.get("host")).toBe(host);
    },
  );

  it("are the control plane, signed for bedrock", async () => {
    const seen = expectAt("https://bedrock.eu-west-3.amazonaws.com/foundation-models", "GET");
    const client = await clientsOf(US).control("eu-west-3");
    await client.send(new ListFoundationModelsCommand({}));
    expect(scopeIn(seen)).toBe("eu-west-3/bedrock");
  });

  it("are what the operator says, whatever Region is asked for, and then the signature alone tells it", async () => {
    for (const endpoint of [
      "https://proxy.internal/aws/",
      { runtime: "https://proxy.internal/aws", mantle: "https://proxy.internal/aws/" },
    ])
      for (const [host, service] of [
        ["runtime", "bedrock"],
        ["mantle", "bedrock-mantle"],
      ] as const) {
        const seen = expectAt("https://proxy.internal/aws/openai/v1/chat/completions");
        await post({ ...US, endpoint }, host, "us-west-2");
        expect(scopeIn(seen)).toBe(`us-west-2/${service}`);
      }
  });
});

describe("who calls", () => {
  it("is the API key on both hosts, and no credentials are looked for", async () => {
    const { credentials: _, ...anonymous } = US;
    for (const host of ["bedrock-runtime.us-east-1.amazonaws.com", "bedrock-mantle.us-east-1.api.aws"]) {
      const seen = expectAt(`https://${host}/openai/v1/chat/completions`);
      await post({ ...anonymous, apiKey: "key-1" }, host.includes("mantle") ? "mantle" : "runtime");
      expect(seen.headers.get("authorization")).toBe("Bearer key-1");
    }
  });

  it("is who was named, not the API key that lies in the environment", async () => {
    vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "key-of-the-environment");
    for (const host of ["runtime", "mantle"] as const) {
      const seen = expectAt(
        host === "mantle"
          ? "https://bedrock-mantle.us-east-1.api.aws/openai/v1/chat/completions"
          : "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1/chat/completions",
      );
      await post(US, host);
      expect(seen.headers.get("authorization")).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//);
    }
  });

  it("vouches for the operator's headers", async () => {
    for (const host of ["runtime", "mantle"] as const) {
      const seen = expectAt("https://proxy.internal/openai/v1/chat/completions");
      await post({ ...US, endpoint: "https://proxy.internal", headers: { "X-Team": "search" } }, host);
      expect(seen.headers.get("x-team")).toBe("search");
      expect(seen.headers.get("authorization")).toMatch(/SignedHeaders=[^,]*x-team/);
    }
  });
});

it("mantle is asked over https also where the environment moves the runtime to another address", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:1");
  const seen = expectAt("https://bedrock-mantle.us-east-1.api.aws/openai/v1/chat/completions");
  await post({ credentials, region: "us-east-1" }, "mantle");
  expect(scopeIn(seen)).toBe("us-east-1/bedrock-mantle");
  vi.unstubAllEnvs();
});

describe("a client of the user's own", () => {
  const own = new BedrockRuntimeClient({ region: "eu-west-1", credentials });

  it("is used as it is, in its own Region: another one is refused, never quietly served from this", async () => {
    const clients = clientsOf({ client: own });
    expect(await clients.runtime()).toBe(own);
    expect(await clients.runtime("eu-west-1")).toBe(own);
    await expect(clients.runtime("us-west-2")).rejects.toMatchObject({ status: 400, param: "model" });
    await expect(clients.runtime("us-gov-west-1")).rejects.toMatchObject({ status: 404 });
  });

  it("lends its Region and its credentials to the hosts that it does not know", async () => {
    const mantle = expectAt("https://bedrock-mantle.eu-west-1.api.aws/openai/v1/chat/completions");
    await post({ client: own }, "mantle");
    expect(scopeIn(mantle)).toBe("eu-west-1/bedrock-mantle");
    expect(mantle.headers.get("authorization")).toContain("Credential=AKIDEXAMPLE/");

    const control = expectAt("https://bedrock.eu-central-1.amazonaws.com/foundation-models", "GET");
    await (
      await clientsOf({ client: own }).control("eu-central-1")
    ).send(new ListFoundationModelsCommand({}));
    expect(scopeIn(control)).toBe("eu-central-1/bedrock");
  });

  it("with a key of its own lends that", async () => {
    const client = new BedrockRuntimeClient({
      region: "eu-west-1",
      token: { token: "key-2" },
      authSchemePreference: ["httpBearerAuth"],
    });
    const seen = expectAt("https://bedrock-mantle.us-west-2.api.aws/openai/v1/chat/completions");
    await post({ client }, "mantle", "us-west-2");
    expect(seen.headers.get("authorization")).toBe("Bearer key-2");
  });
});
