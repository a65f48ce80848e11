import { describe, expect, it } from "vitest";
import { keysFrom } from "../../../../src/bedrock/credentials/api-key.ts";
import { credentialsOf } from "../../../../src/bedrock/credentials/credentials.ts";
import type { KeyPair, Provider } from "../../../../src/bedrock/credentials/provider.ts";
import { createBedrockOpenAIHandler } from "../../../../src/index.ts";

const KEYS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const END = new Date(Date.UTC(2100, 0, 1));

/** As JavaScript has it, where no compiler has looked. */
const ending = (expiration: unknown): KeyPair => ({ ...KEYS, expiration }) as KeyPair;

const given = (identity: KeyPair): Promise<KeyPair> =>
  (credentialsOf({ credentials: async () => identity }) as Provider)();

describe("the end of credentials", () => {
  it.each([
    ["text, as vaults and the AWS CLI say it", END.toISOString()],
    ["text without fractions", "2100-01-01T00:00:00Z"],
    ["a date", END],
    ["a date of another realm", { getTime: () => END.getTime() }],
  ])("may be %s", async (_, expiration) => {
    const at = ({ expiration }: { expiration?: Date }): number | undefined => expiration?.getTime();
    expect(at(await given(ending(expiration)))).toBe(END.getTime());
    expect(at(credentialsOf({ credentials: ending(expiration) }) as KeyPair)).toBe(END.getTime());
    const token = async (): Promise<never> => ({ token: "key", expiration }) as never;
    expect(at(await keysFrom(token)())).toBe(END.getTime());
  });

  it.each([undefined, null])("may be left out (%s)", async (expiration) => {
    expect(await given(ending(expiration))).toEqual(KEYS);
  });

  it.each(["soon", "", 4_102_444_800, Number.NaN, new Date(Number.NaN), {}, true])(
    "is refused where it is no date (%s), and never counts as none",
    async (expiration) => {
      const refused = { status: 401, code: "aws_credentials_error" };
      await expect(given(ending(expiration))).rejects.toMatchObject(refused);
      const token = async (): Promise<never> => ({ token: "key", expiration }) as never;
      await expect(keysFrom(token)()).rejects.toMatchObject(refused);
      expect(() => createBedrockOpenAIHandler({ credentials: ending(expiration) })).toThrow(
        new TypeError("bedrock-openai: 'credentials.expiration' is no date."),
      );
    },
  );
});
