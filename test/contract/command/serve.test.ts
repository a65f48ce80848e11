import { mkdtemp, readdir, rm } from "node:fs/promises";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { EMULATOR_CREDENTIALS, startBedrockEmulator } from "../../../src/testing/index.ts";
import { CLAUDE, NOVA } from "../../support/bedrock.ts";
import { cleanUp, type Run, run, served } from "./run.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await cleanUp();
  for (const close of closing.splice(0)) await close();
});

const ask = (url: string, body: Record<string, unknown> = {}, headers = {}): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: NOVA, messages: [{ role: "user", content: "Anybody there?" }], ...body }),
  });

/** An emulator of the test's own behind the command: it can be told how to answer. */
async function behind(words: readonly string[] = []) {
  const bedrock = await startBedrockEmulator();
  closing.push(() => bedrock.close());
  const { accessKeyId, secretAccessKey } = EMULATOR_CREDENTIALS;
  const access = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const server = await served(["--endpoint", bedrock.url, "--region", "us-east-1", ...words], access);
  return { bedrock, server };
}

/** A streamed answer whose first bytes have arrived. */
async function streaming(server: Run & { url: string }): Promise<{ rest: Promise<string> }> {
  const response = await ask(server.url, { model: CLAUDE, stream: true });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  const rest = (async () => {
    let text = value ?? "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
    }
  })();
  // Where it is to break, that is looked at later.
  rest.catch(() => undefined);
  return { rest };
}

const refusedAt = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    () => false,
    () => true,
  );

describe("what Node has compiled", () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

  it.runIf(major > 22 || (major === 22 && minor >= 8))("is kept for the next start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "compiled-"));
    closing.push(() => rm(folder, { recursive: true }));
    const { code } = await run(["--version"], { TMPDIR: folder, TEMP: folder }).ended;
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual(["node-compile-cache"]);
  });

  it("is not missed where it cannot be kept", async () => {
    const server = await served(["--emulator"], {
      NODE_COMPILE_CACHE: join(import.meta.filename, "nowhere"),
    });
    expect((await ask(server.url)).status).toBe(200);
    expect(server.stderr()).toBe("");
  });
});

describe("a server that is started", () => {
  it("prints where it listens, on a port that was free, and a line that works as it stands", async () => {
    const server = await served(["--emulator"]);
    expect(server.stdout()).toContain("EMULATOR: these answers come from a local imitation of Bedrock.");
    expect(server.stdout()).toContain("Callers need no API key.");
    const [, url, body] = /curl (\S+) .* -d '(.*)'/.exec(server.stdout())!;
    const headers = { "content-type": "application/json" };
    const response = await fetch(url!, { method: "POST", headers, body: body! });
    expect(await response.json()).toMatchObject({ object: "chat.completion" });
    expect(server.stderr()).toBe("");
  });

  it("says nothing when it is to be quiet", async () => {
    const port = await freePort();
    const server = run(["serve", "--emulator", "--quiet", "--port", String(port)]);
    await answering(`http://127.0.0.1:${port}`);
    server.child.kill("SIGTERM");
    expect(await server.ended).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("does not call AWS with the keys that lie about when it is to use the emulator", async () => {
    const server = await served(["--emulator"], {
      AWS_BEARER_TOKEN_BEDROCK: "bedrock-api-key-of-mine",
      AWS_ACCESS_KEY_ID: "AKIAMINE000000000000",
      AWS_SECRET_ACCESS_KEY: "mine",
    });
    expect((await ask(server.url)).status).toBe(200);
  });
});

describe("a server that is told to stop", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends at once on %s when nobody is being answered",
    async (signal) => {
      const server = await served(["--emulator"]);
      await (await ask(server.url)).text();
      server.child.kill(signal);
      expect((await server.ended).code).toBe(0);
    },
  );

  it("lets an answer end that has begun, and nobody new in", async () => {
    const { bedrock, server } = await behind();
    bedrock.enqueue({ content: [{ text: "one two three four five six seven eight" }], delayMs: 60 });
    const { rest } = await streaming(server);
    server.child.kill("SIGTERM");
    await server.printed(/SIGTERM: no new callers/);
    expect(await refusedAt(server.url)).toBe(true);
    const text = await rest;
    expect(text).toContain("eight");
    expect(text.trimEnd().endsWith("data: [DONE]")).toBe(true);
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain("were cut");
  });

  it("cuts on the second signal; the answer does not look complete, and AWS is told to stop", async () => {
    const { bedrock, server } = await behind();
    bedrock.enqueue({ content: [{ text: "one two three" }], fault: { kind: "stall", afterEvents: 3 } });
    const { rest } = await streaming(server);
    server.child.kill("SIGTERM");
    await server.printed(/SIGTERM: no new callers/);
    expect(bedrock.openRequests).toBe(1);
    server.child.kill("SIGTERM");
    await expect(rest).rejects.toThrow("terminated");
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    expect(stderr).toContain("warning: answers that had not ended were cut.");
    await expect.poll(() => bedrock.openRequests).toBe(0);
  });

  it("waits no longer than --grace", async () => {
    const { bedrock, server } = await behind(["--grace", "0.2"]);
    bedrock.enqueue({ content: [{ text: "one two three" }], fault: { kind: "stall", afterEvents: 3 } });
    const { rest } = await streaming(server);
    server.child.kill("SIGTERM");
    await expect(rest).rejects.toThrow("terminated");
    expect(await server.ended).toMatchObject({ code: 0, stderr: expect.stringContaining("were cut") });
  });

  it("is not kept up by connections that callers hold open", async () => {
    const { bedrock, server } = await behind(["--grace", "3600"]);
    const agent = new Agent({ keepAlive: true });
    closing.push(async () => agent.destroy());
    bedrock.enqueue({ headersDelayMs: 300, content: [{ text: "late" }] });
    const answer = posted(server.url, agent);
    await expect.poll(() => bedrock.openRequests, { timeout: 10_000 }).toBe(1);
    server.child.kill("SIGTERM");
    expect(await answer).toContain("late");
    expect((await server.ended).code).toBe(0);
  });
});

const posted = (url: string, agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ model: NOVA, messages: [{ role: "user", content: "Hello" }] });
    const headers = { "content-type": "application/json" };
    const call = request(`${url}/v1/chat/completions`, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.on("data", (data: Buffer) => void (text += data.toString()));
      response.on("end", () => resolve(text));
    });
    call.on("error", reject).end(body);
  });

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

async function answering(url: string): Promise<void> {
  const status = async (): Promise<number | undefined> =>
    (await fetch(`${url}/health`).catch(() => undefined))?.status;
  await expect.poll(status, { timeout: 15_000 }).toBe(200);
}

describe("the command itself", () => {
  it("prints its version", async () => {
    const { default: manifest } = await import("../../../package.json", { with: { type: "json" } });
    const { code, stdout, stderr } = await run(["--version"]).ended;
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("prints its help on request, and on stderr when nothing was asked", async () => {
    const asked = await run(["--help"]).ended;
    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain("Usage: bedrock-openai [options] [command]");
    expect(asked.stdout).toMatch(/\n {2}serve /);
    const bare = await run([]).ended;
    expect(bare).toEqual({ code: 2, stdout: "", stderr: asked.stdout });
  });

  it("guesses what a word was to be", async () => {
    const { code, stdout, stderr } = await run(["srve"]).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe("error: unknown command 'srve'\n(Did you mean serve?)\n");
  });

  it("colours only where colours are wanted", async () => {
    const words = ["serve", "--host", "0.0.0.0"];
    const red = "\u001b[31m";
    expect((await run(words).ended).stderr).not.toContain("\u001b[");
    expect((await run(words, { FORCE_COLOR: "1" }).ended).stderr).toContain(red);
    expect((await run([...words, "--no-color"], { FORCE_COLOR: "1" }).ended).stderr).not.toContain("\u001b[");
  });
});
