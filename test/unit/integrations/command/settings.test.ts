import { describe, expect, it, onTestFinished } from "vitest";
import { type Flags, type Settings, settingsOf } from "../../../../integrations/command/options-of.ts";
import type { Io } from "../../../../integrations/command/terminal.ts";
import { EMULATOR_CREDENTIALS } from "../../../../src/testing/index.ts";
import { ioDouble } from "./io.ts";

async function settings(flags: Flags, environment: Io["environment"] = {}): Promise<Settings> {
  const made = await settingsOf(flags, ioDouble(environment).io);
  onTestFinished(() => made.close());
  return made;
}

describe("where a command's Bedrock is", () => {
  it("is the AWS SDK's to find when nothing is said", async () => {
    expect(await settings({})).toMatchObject({ options: {}, server: {}, isEmulator: false });
  });

  it("is said by flags", async () => {
    const { options } = await settings({
      region: "eu-west-1",
      profile: "dev",
      endpoint: "http://127.0.0.1:1",
    });
    expect(options).toEqual({ region: "eu-west-1", profile: "dev", endpoint: "http://127.0.0.1:1" });
  });

  it("is said by LiteLLM's variables too, after the flags", async () => {
    const environment = {
      AWS_REGION_NAME: "us-west-2",
      AWS_PROFILE_NAME: "theirs",
      AWS_BEDROCK_RUNTIME_ENDPOINT: "https://vpce.example.com",
    };
    expect((await settings({ region: "eu-west-1" }, environment)).options).toEqual({
      region: "eu-west-1",
      profile: "theirs",
      endpoint: { runtime: "https://vpce.example.com" },
    });
  });

  const ROLE = "arn:aws:iam::123456789012:role/bedrock";

  it("is LiteLLM's role, and its web identity wherever it lies", async () => {
    const role = { AWS_ROLE_NAME: ROLE, AWS_SESSION_NAME: "proxy", AWS_EXTERNAL_ID: "e-1" };
    expect((await settings({}, role)).options).toEqual({
      role: { arn: ROLE, sessionName: "proxy", externalId: "e-1" },
    });
    for (const [token, webIdentityToken] of [
      ["eyJh.eyJz.c2ln", "eyJh.eyJz.c2ln"],
      ["/var/run/token", { file: "/var/run/token" }],
      ["oidc/file//var/run/token", { file: "/var/run/token" }],
      ["oidc/env/MY_TOKEN", { env: "MY_TOKEN" }],
      ["MY_TOKEN", { env: "MY_TOKEN" }],
    ] as const)
      expect((await settings({}, { ...role, AWS_WEB_IDENTITY_TOKEN: token })).options).toEqual({
        role: { arn: ROLE, sessionName: "proxy" },
        webIdentityToken,
      });
  });

  it("is nobody of the environment where the command line names somebody", async () => {
    const environment = { AWS_ROLE_NAME: ROLE, AWS_WEB_IDENTITY_TOKEN: "a.b.c", AWS_PROFILE_NAME: "theirs" };
    expect((await settings({ profile: "mine" }, environment)).options).toEqual({ profile: "mine" });
    expect((await settings({ region: "eu-west-1" }, environment)).options).toMatchObject({
      region: "eu-west-1",
      role: { arn: ROLE },
    });
  });

  it.each([
    ["secret.secret.secret", {}, "needs the role that it is for"],
    ["oidc/google/secret", { AWS_ROLE_NAME: ROLE }, "names a provider that is not asked here"],
  ])(
    "is not taken to be somebody else by a web identity that means nothing: %s",
    async (token, more, said) => {
      const environment = { AWS_WEB_IDENTITY_TOKEN: token, ...more };
      await expect(settings({}, environment)).rejects.toThrow(said);
      await expect(settings({}, environment)).rejects.not.toThrow("secret");
      expect((await settings({ emulator: true }, environment)).isEmulator).toBe(true);
    },
  );

  it("is the emulator alone, whoever else was named", async () => {
    const { options, isEmulator } = await settings({
      emulator: true,
      region: "eu-central-1",
      profile: "dev",
      endpoint: "https://elsewhere.example.com",
    });
    expect(isEmulator).toBe(true);
    expect(options).toEqual({
      region: "eu-central-1",
      models: {},
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      credentials: EMULATOR_CREDENTIALS,
    });
  });
});
