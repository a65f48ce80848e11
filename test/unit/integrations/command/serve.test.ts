import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "../../../../integrations/command/command.ts";
import type { Io } from "../../../../integrations/command/terminal.ts";
import { ioDouble } from "./io.ts";

async function failing(words: readonly string[], environment?: Io["environment"]) {
  const world = ioDouble(environment);
  const code = await runCommand(["serve", ...words], world.io);
  return { code, out: world.out(), err: world.err() };
}

/** A server in this process, and what it printed. It ends with the test. */
async function started(words: readonly string[], environment?: Io["environment"]) {
  const world = ioDouble(environment);
  const ended = runCommand(["serve", "--emulator", "--port", "0", ...words], world.io);
  onTestFinished(async () => {
    world.stop();
    expect(await ended).toBe(0);
  });
  await expect.poll(() => world.out() + world.err(), { timeout: 15_000 }).toMatch(/Try:|error:/);
  expect(world.err()).toBe("");
  return { ...world, url: /http:\/\/127\.0\.0\.1:\d+/.exec(world.out())?.[0] };
}

describe("a server that is open to strangers does not start by accident", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example.com", "128.0.0.1", "localhost.example.com"])(
    "refuses %s without keys",
    async (host) => {
      expect(await failing(["--host", host])).toEqual({
        code: 2,
        out: "",
        err:
          `error: Not listening on ${host} without API keys, since whoever reaches the port would call models on your ` +
          "AWS account: set BEDROCK_OPENAI_API_KEY or give --api-key, or give --allow-anyone where something else " +
          "keeps strangers out.\n",
      });
    },
  );

  it("does not take an empty variable for a key", async () => {
    const { code } = await failing(["--host", "0.0.0.0"], { BEDROCK_OPENAI_API_KEY: "", API_KEY: "  " });
    expect(code).toBe(2);
  });

  it.each([
    [["--api-key", "sk-1"], {}],
    [["--allow-anyone"], {}],
    [[], { BEDROCK_OPENAI_API_KEY: "sk-1" }],
  ])("listens beyond the machine with %j %j", async (words, environment) => {
    const { out } = await started(["--host", "0.0.0.0", ...words], environment);
    expect(out()).toMatch(/Listening on http:\/\/localhost:\d+\/v1/);
    expect(out()).not.toContain("sk-1");
  });

  it.each(["localhost", "127.0.0.2"])("listens on %s without keys: nobody else reaches it", async (host) => {
    const { out } = await started(["--host", host]);
    expect(out()).toContain("Callers need no API key.");
  });
});

describe("a web page that a browser on this machine has open is not this machine", () => {
  /** By Node itself: `fetch` lets nobody set these headers. */
  const status = (url: string, headers: Record<string, string>, path = "/v1/models"): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      });
      asked.once("error", reject).end();
    });

  it.each([
    { host: "rebound.example.com" },
    { host: "127.0.0.1.example.com:8080" },
    { host: "localhost.example.com" },
    { host: "user@rebound.example.com" },
    { origin: "https://example.com" },
    { origin: "http://localhost.example.com" },
    { origin: "http://203.0.113.7" },
    { origin: "null" },
  ])("refuses %j without keys", async (headers) => {
    const { url } = await started([]);
    expect(await status(url!, headers)).toBe(403);
    expect(await status(url!, headers, "/health")).toBe(200);
  });

  it.each([
    { host: "localhost:8080" },
    { host: "[::1]:8080" },
    { host: "host.docker.internal" },
    { origin: "http://localhost:5173" },
    { origin: "http://[::1]:5173" },
    { origin: "vscode-webview://abc" },
  ])("lets %j in: it is an app of this machine's", async (headers) => {
    const { url } = await started([]);
    expect(await status(url!, headers)).toBe(200);
  });

  it("may call where keys are asked for, or anyone may", async () => {
    const page = { host: "rebound.example.com", origin: "https://example.com" };
    const open = await started(["--allow-anyone"]);
    expect(await status(open.url!, page)).toBe(200);
    const keyed = await started(["--api-key", "sk-1"]);
    expect(await status(keyed.url!, { ...page, authorization: "Bearer sk-1" })).toBe(200);
  });

  it("may call where it is listed, and only that page", async () => {
    const { url } = await started(["--cors-origin", "https://app.example.com"]);
    expect(await status(url!, { origin: "https://app.example.com" })).toBe(200);
    expect(await status(url!, { origin: "https://example.com" })).toBe(403);
    expect(await status(url!, { origin: "https://app.example.com", host: "rebound.example.com" })).toBe(403);
  });

  it("may not call because any page may read", async () => {
    const { url } = await started(["--cors-origin", "*"]);
    expect(await status(url!, { origin: "https://example.com" })).toBe(403);
  });
});

describe("what was typed wrong is told in a sentence, before anything is begun", () => {
  it.each([
    [["--port", "80800"], "--port must be a port, 0 to 65535, not '80800'."],
    [["--port", "-1"], "--port must be a port, 0 to 65535, not '-1'."],
    [["--port", "8e3"], "--port must be a port, 0 to 65535, not '8e3'."],
    [["--grace", "soon"], "--grace must be seconds, 0 to 86400, not 'soon'."],
    [["--grace", "90000"], "--grace must be seconds, 0 to 86400, not '90000'."],
    [["--api-key", " "], "An API key must not be empty."],
    [["--max-concurrency", "0"], "--max-concurrency must be a whole number, 1 or more, not '0'."],
    [["--max-concurrency", "1e3"], "--max-concurrency must be a whole number, 1 or more, not '1e3'."],
    [["--prot", "1"], "unknown option '--prot'\n(Did you mean --port?)"],
    [["now"], "too many arguments for 'serve'. Expected 0 arguments but got 1."],
  ])("refuses %j", async (words, message) => {
    expect(await failing(words)).toEqual({ code: 2, out: "", err: `error: ${message}\n` });
  });

  it("reads the variable PORT, and refuses one that is none", async () => {
    const { code, err } = await failing([], { PORT: "http" });
    expect({ code, err }).toEqual({ code: 2, err: "error: PORT must be a port, 0 to 65535, not 'http'.\n" });
  });

  it("names an option that makes no sense", async () => {
    const { code, err } = await failing(["--region", "utopia/1"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: "error: 'region' must be an AWS Region, not 'utopia/1'.\n",
    });
    const cors = await failing(["--cors-origin", "https://app.example.com/"]);
    expect([cors.code, cors.err]).toEqual([
      1,
      expect.stringContaining("'cors.origins' must be an origin such as"),
    ]);
  });

  it("refuses a key that no caller could send, rather than lock everyone out", async () => {
    const { code, err } = await failing([], { BEDROCK_OPENAI_API_KEY: "sk-secret\n" });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: 'apiKeys' must be a list of keys, none of them empty, of ASCII without spaces/,
    );
    expect(err).not.toContain("sk-secret");
  });

  it("names the port that is taken", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void blocker.close());
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as AddressInfo;
    expect(await failing(["--port", String(port)])).toEqual({
      code: 1,
      out: "",
      err: `error: Port ${port} is in use already: choose another one with --port, or stop what listens there.\n`,
    });
  });

  it("names an address that is not this machine's", async () => {
    const { code, err } = await failing(["--host", "192.0.2.1", "--api-key", "sk-1", "--port", "0"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: "error: This machine has no address 192.0.2.1: choose one that it has with --host.\n",
    });
  });
});

describe("keys", () => {
  const health = (url: string, path: string, key?: string): Promise<number> =>
    fetch(`${url}${path}`, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }).then(
      ({ status }) => status,
    );

  it("of the command line come before those of the environment, and several of them are all good", async () => {
    const environment = { BEDROCK_OPENAI_API_KEY: "sk-of-environment" };
    const { url, out, err } = await started(["--api-key", "sk-one", "--api-key", "sk-two"], environment);
    expect(await health(url!, "/v1/models", "sk-one")).toBe(200);
    expect(await health(url!, "/v1/models", "sk-two")).toBe(200);
    expect(await health(url!, "/v1/models", "sk-of-environment")).toBe(401);
    expect(await health(url!, "/v1/models")).toBe(401);
    expect(await health(url!, "/health")).toBe(200);
    expect(out()).toContain("Callers need one of 2 API keys.");
    expect(out()).toContain('"authorization: Bearer $BEDROCK_OPENAI_API_KEY"');
    expect(out() + err()).not.toMatch(/sk-(one|two|of)/);
  });

  it.each(["BEDROCK_OPENAI_API_KEY", "LITELLM_MASTER_KEY", "API_KEY"])("may come from %s", async (name) => {
    const { url, out } = await started([], { [name]: "sk-secret" });
    expect(await health(url!, "/models")).toBe(401);
    expect(await health(url!, "/models", "sk-secret")).toBe(200);
    expect(out()).not.toContain("sk-secret");
    expect(out()).toContain(`"authorization: Bearer $${name}"`);
  });
});
