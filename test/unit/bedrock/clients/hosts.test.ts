import { ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClients } from "../../../../src/bedrock/clients/clients.ts";
import type { Host } from "../../../../src/bedrock/clients/host-config.ts";
import { createCourier } from "../../../../src/bedrock/courier/courier.ts";
import type { BedrockOpenAIOptions } from "../../../../src/options.ts";
import { resolveOptions } from "../../../../src/resolve-options.ts";
import { silenceEnvironment } from "../../../support/silent-environment.ts";

const HOSTS = ["runtime", "control", "agentRuntime", "mantle"] as const;
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

beforeEach(silenceEnvironment);
afterEach(() => vi.unstubAllEnvs());

interface HttpRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
}

/** What a call of a host sends, and where: the network's end is here. */
async function sent(options: BedrockOpenAIOptions, host: Host): Promise<HttpRequest> {
  const seen: HttpRequest[] = [];
  const recorder = {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request: HttpRequest) => {
      seen.push(request);
      return { response: { statusCode: 200, headers: {}, body: new Uint8Array() } };
    },
  };
  const clients = createClients(
    resolveOptions({ credentials, retries: 0, ...options }),
    async () => recorder,
  );
  if (host === "control") await (await clients.control()).send(new ListFoundationModelsCommand({}));
  else
    await createCourier(() => clients, { firstByte: 5_000, idle: 5_000 })({
      operation: "InvokeModel",
      modelId: "a.b",
      to: { host, method: "POST", path: "/openai/v1/chat/completions" },
      body: new TextEncoder().encode("{}"),
      signal: new AbortController().signal,
    });
  return seen[0]!;
}

const urlOf = ({ protocol, hostname, port, path }: HttpRequest): string =>
  `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`;

const hostnames = (options: BedrockOpenAIOptions): Promise<string[]> =>
  Promise.all(HOSTS.map(async (host) => sent(options, host).then(({ hostname }) => hostname, String)));

const PATH = "/openai/v1/chat/completions";
const NONE = expect.stringContaining("bedrock-mantle");

describe("AWS's hosts", () => {
  it.each([
    ["us-east-1", "amazonaws.com", "api.aws", "bedrock-mantle.us-east-1.api.aws"],
    ["us-gov-west-1", "amazonaws.com", "api.aws", "bedrock-mantle.us-gov-west-1.api.aws"],
    ["us-iso-east-1", "c2s.ic.gov", "api.aws.ic.gov", NONE],
    ["us-isob-east-1", "sc2s.sgov.gov", "api.aws.scloud", NONE],
    ["eu-isoe-west-1", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", NONE],
    ["us-isof-south-1", "csp.hci.ic.gov", "api.aws.hci.ic.gov", NONE],
    ["eusc-de-east-1", "amazonaws.eu", "api.amazonwebservices.eu", NONE],
    ["cn-north-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn", NONE],
  ])("are in every partition those of AWS's rules: %s", async (region, suffix, dual, mantle) => {
    const named = (ending: string, fips = ""): string[] =>
      ["runtime", "", "agent-runtime"].map(
        (name) => `bedrock${name && `-${name}`}${fips}.${region}.${ending}`,
      );
    expect(await hostnames({ region })).toEqual([...named(suffix), mantle]);
    expect(await hostnames({ region, dualStack: true })).toEqual([...named(dual), mantle]);
    expect(await hostnames({ region, fips: true })).toEqual([...named(suffix, "-fips"), NONE]);
    expect(await hostnames({ region, fips: true, dualStack: true })).toEqual([...named(dual, "-fips"), NONE]);
  });

  it("are FIPS endpoints by the environment too, and not where the option says otherwise", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    expect(await hostnames({ region: "us-east-1" })).toEqual([
      "bedrock-runtime-fips.us-east-1.amazonaws.com",
      "bedrock-fips.us-east-1.amazonaws.com",
      "bedrock-agent-runtime-fips.us-east-1.amazonaws.com",
      NONE,
    ]);
    expect(await hostnames({ region: "us-east-1", fips: false })).toEqual([
      "bedrock-runtime.us-east-1.amazonaws.com",
      "bedrock.us-east-1.amazonaws.com",
      "bedrock-agent-runtime.us-east-1.amazonaws.com",
      "bedrock-mantle.us-east-1.api.aws",
    ]);
  });

  it.each(["True", "TRUE", "1", "yes", " true"])(
    "are none where the environment says %j of FIPS, which the SDK takes for no",
    async (word) => {
      vi.stubEnv("AWS_USE_FIPS_ENDPOINT", word);
      const refused = "'AWS_USE_FIPS_ENDPOINT' must be 'true' or 'false'";
      expect(await hostnames({ region: "us-east-1" })).toEqual(
        HOSTS.map(() => expect.stringContaining(refused)),
      );
      expect((await hostnames({ region: "us-east-1", fips: true }))[0]).toMatch(/^bedrock-runtime-fips\./);
      expect((await hostnames({ region: "us-east-1", fips: false }))[0]).toMatch(/^bedrock-runtime\./);
      vi.stubEnv("AWS_USE_DUALSTACK_ENDPOINT", word);
      const [dual] = await hostnames({ region: "us-east-1", fips: true });
      expect(dual).toContain("'AWS_USE_DUALSTACK_ENDPOINT' must be");
    },
  );

  it.each(["127.0.0.1:4566", "localhost:4566", "https://", "somewhere"])(
    "are none where the environment's address is no URL: %j",
    async (address) => {
      vi.stubEnv("AWS_ENDPOINT_URL", address);
      const refused = "'AWS_ENDPOINT_URL' must be an http(s) URL";
      expect(await hostnames({ region: "us-east-1" })).toEqual(
        HOSTS.map(() => expect.stringContaining(refused)),
      );
      vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://localhost:4566");
      const [runtime, control] = await hostnames({ region: "us-east-1" });
      expect([runtime, control]).toEqual(["localhost", expect.stringContaining(refused)]);
      vi.stubEnv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
      expect((await hostnames({ region: "us-east-1" }))[0]).toBe("bedrock-runtime.us-east-1.amazonaws.com");
    },
  );

  it.each(["false", ""])("are the usual ones where the environment says %j of FIPS", async (word) => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", word);
    expect((await hostnames({ region: "us-east-1" }))[0]).toBe("bedrock-runtime.us-east-1.amazonaws.com");
  });

  it("are FIPS endpoints where a client of the user's is told so", async () => {
    const client = new BedrockRuntimeClient({ region: "us-east-1", credentials, useFipsEndpoint: true });
    const clients = createClients(resolveOptions({ client }));
    const { config } = await clients.mantle();
    expect(() => config.endpointProvider({ Region: "us-east-1", UseFIPS: true })).toThrow(/no FIPS endpoint/);
    expect(await config.useFipsEndpoint()).toBe(true);
    expect(await (await clients.control()).config.useFipsEndpoint()).toBe(true);
  });

  it("refuse a model that mantle alone serves rather than leave FIPS: a 404 that says so", async () => {
    await expect(sent({ region: "us-east-1", fips: true }, "mantle")).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
      message: expect.stringMatching(/no FIPS endpoint is known/),
    });
  });
});

describe("an address that the operator gives", () => {
  it("is called as it stands, its path before AWS's, in the Region that was said, FIPS or not", async () => {
    const endpoint = "https://gateway.internal:8443/aws/";
    const options = {
      region: "eu-west-3",
      fips: true,
      dualStack: true,
      endpoint,
      headers: { "X-Team": "a" },
    };
    const all = await Promise.all(HOSTS.map(async (host) => sent(options, host)));
    expect(all.map(urlOf)).toEqual([
      `https://gateway.internal:8443/aws${PATH}`,
      "https://gateway.internal:8443/aws/foundation-models",
      `https://gateway.internal:8443/aws${PATH}`,
      `https://gateway.internal:8443/aws${PATH}`,
    ]);
    for (const { headers } of all) {
      expect(headers["authorization"]).toMatch(
        /\/eu-west-3\/bedrock(-mantle)?\/aws4_request.*SignedHeaders=[^,]*x-team/,
      );
      expect(headers["x-team"]).toBe("a");
    }
  });

  it("counts for its own host alone: the others stay AWS's, and FIPS", async () => {
    const mantle = "https://vpce-0a1b-2c3d.bedrock-mantle.us-east-1.vpce.amazonaws.com";
    expect(await hostnames({ region: "us-east-1", fips: true, endpoint: { mantle } })).toEqual([
      "bedrock-runtime-fips.us-east-1.amazonaws.com",
      "bedrock-fips.us-east-1.amazonaws.com",
      "bedrock-agent-runtime-fips.us-east-1.amazonaws.com",
      "vpce-0a1b-2c3d.bedrock-mantle.us-east-1.vpce.amazonaws.com",
    ]);
  });
});

describe("an address of the environment", () => {
  const region = "us-east-1";

  it("is that of all hosts", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://gateway.internal/aws");
    const all = await Promise.all(HOSTS.map(async (host) => sent({ region }, host)));
    expect(all.map(({ hostname }) => hostname)).toEqual(HOSTS.map(() => "gateway.internal"));
    expect(all.map(({ path }) => path.slice(0, 5))).toEqual(HOSTS.map(() => "/aws/"));
  });

  it("is that of one host, before the one of all", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://all.internal");
    vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://runtime.internal");
    vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK", "http://control.internal");
    vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", "http://agent.internal");
    expect(await hostnames({ region })).toEqual([
      "runtime.internal",
      "control.internal",
      "agent.internal",
      "all.internal",
    ]);
    vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_MANTLE", "http://mantle.internal");
    expect((await hostnames({ region }))[3]).toBe("mantle.internal");
  });

  it("is none where it is to be ignored, or the option names another", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://all.internal");
    expect(await hostnames({ region, endpoint: "http://own.internal" })).toEqual(
      HOSTS.map(() => "own.internal"),
    );
    vi.stubEnv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    expect((await hostnames({ region })).every((name) => /amazonaws\.com$|api\.aws$/.test(name))).toBe(true);
  });

  it("does not go with FIPS, as the SDK has it: refused for every host, with words", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://all.internal");
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    for (const name of await hostnames({ region })) expect(name).toContain("FIPS and custom endpoint");
  });

  it("may stand in the profile, for one service or all", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bedrock-openai-"));
    const file = join(folder, "config");
    const own = "bedrock_agent_runtime =\n  endpoint_url = http://agent.internal\n";
    writeFileSync(
      file,
      `[profile house]\nendpoint_url = http://all.internal\nservices = ours\n\n[services ours]\n${own}`,
    );
    vi.stubEnv("AWS_CONFIG_FILE", file);
    vi.stubEnv("AWS_PROFILE", "house");
    expect(await hostnames({ region })).toEqual([
      "all.internal",
      "all.internal",
      "agent.internal",
      "all.internal",
    ]);
    rmSync(folder, { recursive: true });
  });
});
