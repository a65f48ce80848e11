import { getToken } from "@aws/bedrock-token-generator";
import { afterEach, describe, expect, it, vi } from "vitest";
import { keysFrom } from "../../../../src/bedrock/credentials/api-key.ts";
import { endOfKey } from "../../../../src/bedrock/credentials/short-term-key.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

afterEach(() => void vi.useRealTimers());

describe("when a key ends", () => {
  it("a short-term one says itself", async () => {
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    const key = await getToken({ credentials, region: "us-east-1", expiresInSeconds: 1_800 });
    const end = endOfKey(key)!.getTime();
    expect(end).toBeGreaterThanOrEqual(before + 1_800_000);
    expect(end).toBeLessThan(before + 1_900_000);
  });

  it.each([
    "ABSKabc",
    "",
    "bedrock-api-key-",
    "bedrock-api-key-!!!",
    `bedrock-api-key-${"A".repeat(10_000)}`,
  ])("nobody knows of %.40s", (key) => expect(endOfKey(key)).toBeUndefined());
});

describe("keys that a function gets", () => {
  it("end when they say so, or when it is said of them, and others are asked for after five minutes", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) });
    const key = await getToken({ credentials, region: "us-east-1" });
    expect((await keysFrom(() => key)()).expiration).toEqual(new Date(Date.UTC(2026, 0, 1, 12)));
    const expiration = new Date(Date.UTC(2026, 0, 1, 3));
    expect(await keysFrom(async () => ({ token: key, expiration }))()).toEqual({ token: key, expiration });

    let asked = 0;
    const opaque = keysFrom(() => `key-${(asked += 1)}`);
    await opaque();
    vi.setSystemTime(Date.now() + 4 * 60_000);
    await opaque();
    expect(asked).toBe(1);
    vi.setSystemTime(Date.now() + 2 * 60_000);
    expect((await opaque()).token).toBe("key-1");
    await new Promise((resolve) => setImmediate(resolve));
    expect((await opaque()).token).toBe("key-2");
  });

  it.each([undefined, "", " ", {}, 7])("are none where it gives %j", async (given) => {
    const keys = keysFrom((() => given) as never);
    await expect(keys()).rejects.toMatchObject({ status: 401, code: "aws_credentials_missing" });
  });

  it("cannot be had where it fails, and what it throws is told to nobody who calls", async () => {
    const keys = keysFrom(() => {
      throw new Error("vault token s.123 is wrong");
    });
    await expect(keys()).rejects.toMatchObject({
      status: 503,
      code: "aws_credentials_unavailable",
      message: expect.not.stringContaining("s.123") as unknown,
    });
  });
});
