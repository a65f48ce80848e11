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

  it.each(["AWS_ROLE_NAME", "AWS_WEB_IDENTITY_TOKEN"])(
    "is not taken to be another account's because %s says nothing to AWS's SDK",
    async (name) => {
      await expect(settings({}, { [name]: "secret" })).rejects.toThrow(
        `The variable ${name} is not read here`,
      );
      await expect(settings({}, { [name]: "secret" })).rejects.not.toThrow("secret");
      expect((await settings({ emulator: true }, { [name]: "secret" })).isEmulator).toBe(true);
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
