import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createClients } from "../../../../../src/bedrock/clients/clients.ts";
import type { BedrockOpenAIOptions } from "../../../../../src/options.ts";
import { resolveOptions } from "../../../../../src/resolve-options.ts";

vi.mock("../../../../../src/bedrock/clients/lean/untouched.ts", () => ({ isUntouched: () => true }));

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "lean-"))));
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
});
afterEach(() => vi.unstubAllEnvs());

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

const isLean = async (options: BedrockOpenAIOptions = {}): Promise<boolean> =>
  (await createClients(resolveOptions({ region: "us-east-1", credentials, ...options })).lean()) !==
  undefined;

let files = 0;
function file(text: string): string {
  const path = join(folder, String((files += 1)));
  writeFileSync(path, text);
  return path;
}

describe("the SDK's client is loaded for what it understands better", () => {
  it("and for nothing else", async () => expect(await isLean()).toBe(true));

  it.each([
    ["nothing", ""],
    ["blanks", "\n \n"],
    ["what says nothing more", "[default]\nregion = eu-west-1\n"],
  ])("nor for shared configuration that holds %s", async (_, text) => {
    vi.stubEnv("AWS_CONFIG_FILE", file(text));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
    expect(await isLean()).toBe(true);
  });

  it.each(["HOME", "USERPROFILE", "HOMEPATH"])("shared configuration where %s is", async (name) => {
    for (const each of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "HOME", "USERPROFILE", "HOMEPATH"])
      vi.stubEnv(each, undefined);
    vi.stubEnv("HOMEDRIVE", "");
    const home = join(folder, name);
    mkdirSync(join(home, ".aws"), { recursive: true });
    vi.stubEnv(name, home);
    expect(await isLean()).toBe(true);
    writeFileSync(join(home, ".aws", "config"), "[default]\nretry_mode = adaptive\n");
    expect(await isLean()).toBe(false);
  });

  it.each(["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])(
    "shared configuration that %s names from the home folder on, as no shell has written it out",
    async (name) => {
      vi.stubEnv("HOME", folder);
      vi.stubEnv(name, "~/named-so");
      expect(await isLean()).toBe(true);
      writeFileSync(join(folder, "named-so"), "[default]\nuse_fips_endpoint = true\n");
      expect(await isLean()).toBe(false);
      rmSync(join(folder, "named-so"));
    },
  );

  it("shared credentials that come by a pipe, which can be read once", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", pipe);
    const text = "[default]\naws_access_key_id = AKIDPIPE\naws_secret_access_key = s\n";
    const writer = spawn("sh", ["-c", 'printf "%s" "$0" > "$1"', text, pipe]);
    onTestFinished(() => void writer.kill());
    const lean = await createClients(resolveOptions({ region: "us-east-1" })).lean();
    expect(await lean!.identity()).toMatchObject({ accessKeyId: "AKIDPIPE" });
  });

  it.each<[string, BedrockOpenAIOptions]>([
    ["a client of the user's", { client: new BedrockRuntimeClient({ region: "us-east-1" }) }],
    ["a profile", { profile: "work", credentials: undefined } as never],
    ["FIPS", { fips: true }],
    ["dual stack", { dualStack: true }],
  ])("options: %s", async (_, options) => expect(await isLean(options)).toBe(false));

  it.each([
    ["none", undefined],
    ["one that is none", "us-east-1.evil.test"],
    ["one of other days", "fips-us-east-1"],
  ])("a Region: %s", async (_, region) => {
    vi.stubEnv("AWS_REGION", region);
    const options = resolveOptions({ credentials });
    expect(await createClients(options).lean()).toBeUndefined();
  });

  it.each([
    ["AWS_ENDPOINT_URL", "https://aws.internal"],
    ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "https://aws.internal"],
    ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"],
    ["AWS_USE_FIPS_ENDPOINT", "true"],
    ["AWS_USE_DUALSTACK_ENDPOINT", "true"],
    ["AWS_BEARER_TOKEN_BEDROCK_OF_A_NEWER_SDK", "key"],
    ["AWS_AUTH_SCHEME_PREFERENCE", "httpBearerAuth"],
    ["AWS_RETRY_MODE", "adaptive"],
    ["AWS_MAX_ATTEMPTS", "9"],
    ["AWS_DEFAULTS_MODE", "legacy"],
    ["AWS_SDK_UA_APP_ID", "mine"],
    ["AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"],
    ["AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"],
    ["AWS_SIGV4A_SIGNING_REGION_SET", "*"],
    ["AWS_SOMETHING_OF_A_NEWER_SDK", "1"],
  ])("the environment: %s", async (name, value) => {
    vi.stubEnv(name, value);
    expect(await isLean()).toBe(false);
  });

  it.each([
    ["an address", "[default]\nendpoint_url = https://aws.internal\n"],
    [
      "addresses of services",
      "[default]\nservices = mine\n[services mine]\nbedrock_runtime =\n  endpoint_url = https://a.b\n",
    ],
    ["FIPS", "[default]\nuse_fips_endpoint = true\n"],
    ["a name of the app's", "[default]\nsdk_ua_app_id = mine\n"],
    ["the way to retry", "[default]\nretry_mode = adaptive\n"],
  ])("shared configuration: %s", async (_, text) => {
    vi.stubEnv("AWS_CONFIG_FILE", file(text));
    expect(await isLean()).toBe(false);
  });

  it("shared configuration: what another profile says counts when it is named", async () => {
    vi.stubEnv(
      "AWS_CONFIG_FILE",
      file("[default]\nregion = eu-west-1\n[profile work]\nretry_mode = adaptive\n"),
    );
    vi.stubEnv(
      "AWS_SHARED_CREDENTIALS_FILE",
      file("[default]\naws_access_key_id = A\naws_secret_access_key = s\n"),
    );
    expect(await isLean()).toBe(true);
    vi.stubEnv("AWS_PROFILE", "work");
    expect(await isLean()).toBe(false);
  });
});
