import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Account } from "../../../../src/bedrock/clients/account.ts";
import { createAccounts } from "../../../../src/bedrock/clients/accounts.ts";
import { aliasOf } from "../../../../src/bedrock/models/aliases.ts";
import { createBedrockOpenAIHandler } from "../../../../src/index.ts";
import type { BedrockOpenAIOptions } from "../../../../src/options.ts";
import { resolveOptions } from "../../../../src/resolve-options.ts";

const OURS = { accessKeyId: "AKIAOURS", secretAccessKey: "ours" };
const ROLE = "arn:aws:iam::123456789012:role/r";
const THEIRS = { accessKeyId: "AKIATHEIRS", secretAccessKey: "theirs" };

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

/** The clients that a name is called with, and their number. */
function openAccounts(
  models: NonNullable<BedrockOpenAIOptions["models"]>,
  options: BedrockOpenAIOptions = {},
) {
  const given = { region: "us-east-1", credentials: OURS, models, ...options };
  const { accountOf, clientsOf } = createAccounts(resolveOptions(given));
  const accountFor = (name: string): Account | undefined => accountOf(aliasOf(name, models));
  const numberOf = (name: string): string | undefined => accountFor(name)?.toString();
  return { accountOf, clientsOf, numberOf, clientsFor: (name: string) => clientsOf(accountFor(name)) };
}

describe("an account", () => {
  it("is that of the options for names that say nothing of access", () => {
    const { numberOf, clientsFor } = openAccounts({
      plain: { model: "a.b", region: "eu-west-1" },
      own: { url: "http://a.b", apiKey: "k" },
    });
    expect(["plain", "own", "unknown"].map(numberOf)).toEqual([undefined, undefined, undefined]);
    expect(clientsFor("plain")).toBe(clientsFor("unknown"));
  });

  it("is one for all entries with the same access, and for every request", () => {
    const { numberOf } = openAccounts({
      one: { model: "a.b", credentials: THEIRS },
      "two/*": { model: "*", credentials: THEIRS, region: "eu-west-1" },
      other: { model: "a.b", profile: "other" },
      key: { model: "a.b", apiKey: "other" },
      elsewhere: { model: "a.b", credentials: THEIRS, endpoint: "https://proxy.internal" },
    });
    const names = ["one", "two/a.b", "two/c.d", "other", "key", "elsewhere", "one"];
    expect(names.map(numberOf)).toEqual(["0", "0", "0", "1", "2", "3", "0"]);
  });

  it("calls at its endpoint, and where it names no host at that of the options", async () => {
    const { clientsFor } = openAccounts(
      { theirs: { credentials: THEIRS, endpoint: { runtime: "https://theirs.internal" } } },
      { endpoint: "https://ours.internal" },
    );
    const clients = clientsFor("theirs");
    const hosts = await Promise.all(
      [clients.runtime(), clients.control(), clients.mantle()].map(
        async (client) => (await (await client).config.endpoint!()).hostname,
      ),
    );
    expect(hosts).toEqual(["theirs.internal", "ours.internal", "ours.internal"]);
  });

  it("keeps who calls by the options where an entry moves only the host", async () => {
    const { clientsFor } = openAccounts({ near: { endpoint: "https://vpce.internal" } });
    const { config } = await clientsFor("near").runtime();
    expect(await config.credentials()).toMatchObject(OURS);
    expect((await config.endpoint!()).hostname).toBe("vpce.internal");
  });

  it.each<[string, BedrockOpenAIOptions, string]>([
    ["the options' Region", { region: "eu-west-3" }, "eu-west-3"],
    ["its own, where it lies in another partition", { region: "us-east-1" }, "us-gov-west-1"],
  ])("is at home in %s", async (_, options, home) => {
    const region = home.startsWith("us-gov") ? home : "eu-central-1";
    const { clientsFor } = openAccounts({ theirs: { credentials: THEIRS, region } }, options);
    expect(await clientsFor("theirs").home()).toBe(home);
  });

  it("of an entry cannot stand beside a client, which knows one alone", () => {
    const client = new BedrockRuntimeClient({ region: "us-east-1", credentials: OURS });
    for (const entry of [
      { credentials: THEIRS },
      { profile: "p" },
      { apiKey: "k" },
      { endpoint: "http://a.b" },
    ])
      expect(() => createBedrockOpenAIHandler({ client, models: { theirs: entry } })).toThrow(
        /'models' entry 'theirs': it cannot have access of its own beside the option 'client'/,
      );
    const role = { arn: "arn:aws:iam::123456789012:role/r" };
    expect(() => createBedrockOpenAIHandler({ client, models: { theirs: { role } } })).toThrow(/'theirs'/);
    const models = { plain: { region: "us-east-1" }, own: { url: "http://a.b", apiKey: "k" } };
    expect(() => createBedrockOpenAIHandler({ client, models })).not.toThrow();
  });
});

describe("an account that is said for a call alone", () => {
  const own = (name: string) => ({ credentials: { accessKeyId: name, secretAccessKey: "s" } });

  it("is the same for the same words, however often they are written, and nobody else's", () => {
    const { accountOf } = openAccounts({ fixed: { credentials: THEIRS } });
    const of = (name: string, more = {}): string => {
      const entry = { ...own(name), ...more };
      return String(accountOf({ model: "a.b", ...entry }, entry));
    };
    expect([of("x"), of("y"), of("x"), of("x", { region: "us-gov-west-1" })]).toEqual(["0", "1", "0", "2"]);
    expect(String(accountOf({ model: "a.b", credentials: THEIRS }))).toBe("3");
  });

  it("is told apart by a function of its own, which content does not tell", () => {
    const { accountOf } = openAccounts({});
    const [one, other] = [async () => THEIRS, async () => THEIRS];
    const of = (credentials: () => Promise<typeof THEIRS>) => accountOf({ credentials }, { credentials });
    expect(of(one)).toBe(of(one));
    expect(of(one)).not.toBe(of(other));
  });

  it("is forgotten when many others came, but not by a call that is under way", async () => {
    const { accountOf, clientsOf } = openAccounts({ fixed: { credentials: THEIRS } });
    const fixed = accountOf({ credentials: THEIRS });
    const first = accountOf(own("first"), own("first"))!;
    const before = clientsOf(first);
    for (let index = 0; index < 300; index += 1) accountOf(own(`n${index}`), own(`n${index}`));
    expect(clientsOf(first)).toBe(before);
    expect(accountOf(own("first"), own("first"))).not.toBe(first);
    expect(accountOf({ credentials: THEIRS })).toBe(fixed);
    const { config } = await clientsOf(first).runtime();
    expect(await config.credentials()).toMatchObject({ accessKeyId: "first" });
  });

  it("leaves nothing behind, however often a role is said anew: a server would grow with every call", async () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const { accountOf } = openAccounts({ fixed: { role: { arn: ROLE }, region: "eu-west-1" } });
    const said = Array.from({ length: 300 }, (): WeakRef<object> => {
      const role = { arn: ROLE };
      accountOf({ model: "a.b", role }, { role });
      return new WeakRef(role);
    });
    await expect.poll(() => (gc(), said.filter((each) => each.deref()).length)).toBeLessThan(10);
  });

  it("keeps clients for few of the Regions that its callers name", async () => {
    const { accountOf, clientsOf } = openAccounts({});
    const clients = clientsOf(accountOf(own("x"), own("x")));
    const first = await clients.runtime("us-west-2");
    for (let number = 1; number <= 8; number += 1) await clients.runtime(`us-east-${number}`);
    expect(await clients.runtime("us-west-2")).not.toBe(first);
  });

  it("shows nothing of what it is made of", () => {
    const { accountOf } = openAccounts({});
    const account = accountOf({ ...own("AKIASECRET"), headers: { "x-secret": "s" } }, own("AKIASECRET"));
    expect(`${account} ${JSON.stringify(account)} ${inspect(account)}`).not.toMatch(/secret/i);
  });

  it("that makes no sense is refused, with nothing kept of it", () => {
    const { accountOf } = openAccounts({}, { credentials: undefined as never, apiKey: "key" });
    const target = { role: { arn: ROLE } };
    for (let times = 0; times < 2; times += 1)
      expect(() => accountOf(target, target)).toThrow(/'role' and 'apiKey' exclude each other/);
  });
});

it("headers of an entry's go with its calls, and make no account of their own", () => {
  const { accountOf, clientsOf } = openAccounts({});
  const account = accountOf({ model: "a.b", headers: { "x-team": "search" } })!;
  expect(account.headers).toEqual({ "x-team": "search" });
  expect(clientsOf(account)).toBe(clientsOf(undefined));
});
