import { getTokenProvider } from "@aws/bedrock-token-generator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { OURS, signersOf } from "../support/accounts.ts";
import { credentialsFile } from "../support/aws-identity/credentials-file.ts";
import { session } from "../support/aws-identity/keys.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

/** Credentials and keys that end, or come broken, while the server runs. */

let house: House;
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  house = await openHouse();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await house.bedrock.close();
});

/** The emulator takes such a key for one that has ended. */
const ENDED = { ...session("x"), accessKeyId: "EXPIRED0000000000000" };

/** Gives these one after the other, the last one for good. */
function inTurn<T>(...given: T[]): { give: () => Promise<T>; asked: () => number } {
  let asked = 0;
  const give = async (): Promise<T> => given[Math.min((asked += 1), given.length) - 1]!;
  return { give, asked: () => asked };
}

const post = (path: string, body: object): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const keysOf = (): (string | undefined)[] => signersOf(house.bedrock).map((signer) => signer.split(" ")[0]);

describe("credentials that AWS takes no longer", () => {
  const GOOD = session("good");

  it.each<[string, () => Request]>([
    ["chat", () => chatRequest({ model: NOVA })],
    ["streamed chat", () => chatRequest({ model: NOVA, stream: true })],
    ["embeddings", () => post("/embeddings", { model: "amazon.titan-embed-text-v2:0", input: "Hello" })],
    ["the native endpoint", () => chatRequest({ model: "openai.gpt-oss-120b-1:0" })],
    ["mantle", () => chatRequest({ model: "mantle/openai.gpt-oss-120b" })],
    [
      "rerank, at another host",
      () => post("/rerank", { model: "cohere.rerank-v3-5:0", query: "capital", documents: ["Paris"] }),
    ],
  ])("are asked for anew, and the call is made once more: %s", async (_, request) => {
    const credentials = inTurn(ENDED, GOOD);
    const response = await house.withOptions({ credentials: credentials.give })(request());
    const text = await response.text();
    expect([response.status, text]).toEqual([200, text]);
    expect(text).not.toContain('"error"');
    expect(keysOf()).toEqual([ENDED.accessKeyId, GOOD.accessKeyId]);
    expect(house.bedrock.requests).toHaveLength(2);
    expect(credentials.asked()).toBe(2);
  });

  it("are asked for once by many calls, however many are refused at once", async () => {
    const credentials = inTurn(ENDED, GOOD);
    const handler = house.withOptions({ credentials: credentials.give });
    const calls = Array.from({ length: 20 }, (_, index) =>
      handler(chatRequest({ model: NOVA, stream: index % 2 === 0 })),
    );
    for (const response of await Promise.all(calls)) expect(response.status).toBe(200);
    expect(credentials.asked()).toBe(2);
  });

  it("are a 401 where there are no others, and then AWS is not asked twice nor the provider by every call", async () => {
    const credentials = inTurn(ENDED);
    const handler = house.withOptions({ credentials: credentials.give });
    for (let times = 0; times < 10; times += 1) {
      const response = await handler(chatRequest({ model: NOVA }));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: "aws_credentials_error" } });
    }
    expect(house.bedrock.requests).toHaveLength(10);
    expect(credentials.asked()).toBeLessThanOrEqual(2);
  });

  it("are a 401 in AWS's meaning where the next ones cannot be had, and a provider that fails is left alone", async () => {
    let asked = 0;
    const credentials = async () => {
      asked += 1;
      if (asked > 1) throw new Error("vault is sealed: s.12345");
      return ENDED;
    };
    const handler = house.withOptions({ credentials });
    for (let times = 0; times < 10; times += 1) {
      const response = await handler(chatRequest({ model: NOVA }));
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain("s.12345");
    }
    expect(asked).toBe(2);
  });

  it.each<[string, BedrockOpenAIOptions]>([
    ["the default profile", {}],
    ["a profile by name", { profile: "default" }],
  ])("are found where a file holds others by now, without a new start: %s", async (_, options) => {
    const file = credentialsFile();
    file.write(ENDED);
    const handler = house.withOptions({ credentials: undefined, ...options } as BedrockOpenAIOptions);
    expect((await handler(chatRequest({ model: NOVA }))).status).toBe(401);
    file.write(GOOD);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_000 });
    const response = await handler(chatRequest({ model: NOVA }));
    expect(response.status).toBe(200);
    expect(keysOf().at(-1)).toBe(GOOD.accessKeyId);
  });

  it("are found once they are written into a file that was not there, without a new start", async () => {
    const file = credentialsFile();
    const handler = house.withOptions({ credentials: undefined } as never);
    expect(await (await handler(chatRequest({ model: NOVA }))).json()).toMatchObject({
      error: { code: "aws_credentials_missing" },
    });
    file.write({ accessKeyId: "AKIDLATE", secretAccessKey: "secret" });
    // The first call that fails since then finds it out for those that follow.
    for (let times = 0; times < 2; times += 1) await (await handler(chatRequest({ model: NOVA }))).text();
    expect(keysOf()).toEqual(["AKIDLATE"]);
  });

  it("that are fixed are a 401 at once", async () => {
    const response = await house.withOptions({ credentials: ENDED })(chatRequest({ model: NOVA }));
    expect(response.status).toBe(401);
    expect(house.bedrock.requests).toHaveLength(1);
  });
});

describe("a key that ends in a line break, as files of secrets do, is told from one that AWS refuses:", () => {
  const KEYS = { AWS_ACCESS_KEY_ID: "AKIAS3CR3T", AWS_SECRET_ACCESS_KEY: "s3cr3t" };
  const told = async (options: BedrockOpenAIOptions): Promise<string> => {
    const handler = house.withOptions(options);
    const messages = new Set<string>();
    // The second finds what the first has left.
    for (const stream of [false, true]) {
      const response = await handler(chatRequest({ model: NOVA, stream }));
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      expect([response.status, error.code]).toEqual([401, "aws_credentials_error"]);
      expect(response.headers.get("x-should-retry")).toBe("false");
      messages.add(error.message);
    }
    expect(house.bedrock.requests).toEqual([]);
    const [message = ""] = messages;
    expect([messages.size, message]).toEqual([1, expect.not.stringMatching(/s3cr3t/i)]);
    return message;
  };

  it.each<[string, Record<string, string>]>([
    ["AWS_BEARER_TOKEN_BEDROCK", { AWS_BEARER_TOKEN_BEDROCK: "s3cr3t\n" }],
    ["AWS_BEARER_TOKEN_BEDROCK", { AWS_BEARER_TOKEN_BEDROCK: " s3cr3t" }],
    ["AWS_ACCESS_KEY_ID", { ...KEYS, AWS_ACCESS_KEY_ID: "AKIAS3CR3T\n" }],
    ["AWS_SECRET_ACCESS_KEY", { ...KEYS, AWS_SECRET_ACCESS_KEY: "s3cr3t\r\n" }],
    ["AWS_SESSION_TOKEN", { ...KEYS, AWS_SESSION_TOKEN: "s3cr3t\n" }],
  ])("%s of the environment, %j", async (variable, variables) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(await told({ credentials: undefined } as never)).toMatch(
      new RegExp(`holds a line break, a blank.*check ${variable},`),
    );
  });

  it("keys of the environment that are to take on a role", async () => {
    for (const [name, value] of Object.entries(KEYS)) vi.stubEnv(name, `${value}\n`);
    const role = { arn: "arn:aws:iam::123456789012:role/r" };
    expect(await told({ credentials: undefined, role } as never)).toContain("AWS_ACCESS_KEY_ID");
  });

  it.each<[string, BedrockOpenAIOptions]>([
    ["credentials", { credentials: async () => ({ ...session("x"), secretAccessKey: "s3cr3t\n" }) }],
    ["an API key", { credentials: undefined, apiKey: async () => "s3cr3t\n" } as never],
  ])("what a function gives, %s", async (_, options) => {
    expect(await told(options)).toContain("or the profile or function that gives it");
  });
});

it("credentials of a function that are no text are a 401 that says so, and no fault that nobody can find", async () => {
  const numbers = { accessKeyId: 1, secretAccessKey: 2 } as never;
  const response = await house.withOptions({ credentials: async () => numbers })(
    chatRequest({ model: NOVA }),
  );
  expect([response.status, await response.json()]).toMatchObject([
    401,
    { error: { code: "aws_credentials_missing" } },
  ]);
});

describe("credentials that are about to end", () => {
  it("are renewed once for many calls, while a stream that began with the old ones goes on", async () => {
    const [first, second] = [session("first", 8), session("second", 120)];
    const credentials = inTurn(first, second);
    const handler = house.withOptions({ credentials: credentials.give });
    house.bedrock.enqueue({ content: [{ text: "one two three four five six" }], delayMs: 40 });
    const stream = await handler(chatRequest({ model: CLAUDE, stream: true }));
    const reader = stream.body!.getReader();
    await reader.read();

    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5 * 60_000 });
    const during = await Promise.all([1, 2, 3].map(() => handler(chatRequest({ model: NOVA }))));
    expect(during.map(({ status }) => status)).toEqual([200, 200, 200]);
    await eventually(() => credentials.asked() === 2, 3_000);
    expect((await handler(chatRequest({ model: NOVA }))).status).toBe(200);
    expect(keysOf()).toEqual([first.accessKeyId, second.accessKeyId]);
    expect(credentials.asked()).toBe(2);

    let rest = "";
    const decoder = new TextDecoder();
    for (let read = await reader.read(); !read.done; read = await reader.read())
      rest += decoder.decode(read.value);
    expect(rest).toContain("six");
    expect(rest).toMatch(/data: \[DONE\]\s*$/);
  });

  it("go on serving where their renewal fails, until they end", async () => {
    let asked = 0;
    const held = session("held", 8);
    const credentials = async () => {
      asked += 1;
      if (asked > 1) throw new Error("no");
      return held;
    };
    const handler = house.withOptions({ credentials });
    const status = async (): Promise<number> => (await handler(chatRequest({ model: NOVA }))).status;
    expect(await status()).toBe(200);
    const start = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: start + 6 * 60_000 });
    for (let times = 0; times < 10; times += 1) expect(await status()).toBe(200);
    expect(asked).toBe(2);
    vi.setSystemTime(start + 9 * 60_000);
    expect(await status()).toBe(503);
  });
});

describe("API keys that a function gets", () => {
  const withKeys = (apiKey: BedrockOpenAIOptions["apiKey"]) =>
    house.withOptions({ credentials: undefined as never, ...(apiKey && { apiKey }) });

  it("by AWS's own generator are made once, and nobody looks for credentials or a profile", async () => {
    vi.stubEnv("AWS_PROFILE", "missing");
    let asked = 0;
    const provider = getTokenProvider({ credentials: OURS, region: "us-east-1" });
    const handler = withKeys(() => {
      asked += 1;
      return provider();
    });
    for (const stream of [false, true])
      for (const model of [NOVA, "eu-west-1/amazon.nova-pro-v1:0", "mantle/openai.gpt-oss-120b"])
        expect((await handler(chatRequest({ model, stream }))).status).toBe(200);
    expect((await handler(new Request("http://localhost/v1/models"))).status).toBe(200);
    expect(signersOf(house.bedrock)).toEqual([expect.stringMatching(/^Bearer bedrock-api-key-\w+/)]);
    expect(asked).toBe(1);
  });

  it("are renewed before a short-term one ends, by one call and without another's waiting", async () => {
    let asked = 0;
    const short = getTokenProvider({ credentials: OURS, region: "us-east-1", expiresInSeconds: 1_800 });
    const handler = withKeys(() => {
      asked += 1;
      return short();
    });
    await handler(chatRequest({ model: NOVA }));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 27 * 60_000 });
    for (let times = 0; times < 5; times += 1)
      expect((await handler(chatRequest({ model: NOVA }))).status).toBe(200);
    expect(asked).toBe(2);
    expect(signersOf(house.bedrock)).toHaveLength(2);
  });

  it.each([false, true])("are asked for anew where AWS takes one no longer, streamed: %s", async (stream) => {
    const keys = inTurn("key-1", "key-2");
    const handler = withKeys(keys.give);
    expect((await handler(chatRequest({ model: NOVA }))).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    const message = "Authentication failed: Please make sure your API Key is valid.";
    house.bedrock.enqueue({ error: { name: "AccessDeniedException", message } });
    const response = await handler(chatRequest({ model: NOVA, stream }));
    expect(response.status).toBe(200);
    await response.text();
    expect(signersOf(house.bedrock)).toEqual(["Bearer key-1", "Bearer key-2"]);
    expect(house.bedrock.requests).toHaveLength(3);
  });

  it("that fail are a 503, and tell callers nothing of why", async () => {
    const handler = withKeys(async () => {
      throw new Error("secret id arn:aws:secretsmanager:us-east-1:123456789012:secret:key");
    });
    const response = await handler(chatRequest({ model: NOVA }));
    expect(response.status).toBe(503);
    expect(response.headers.get("x-should-retry")).toBe("true");
    expect(await response.text()).not.toMatch(/arn|123456789012/);
    expect(house.bedrock.requests).toEqual([]);
  });
});
