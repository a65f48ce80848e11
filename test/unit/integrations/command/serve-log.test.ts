import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "../../../../integrations/command/command.ts";
import { toCallLine } from "../../../../integrations/command/serve/call-line.ts";
import { boundedNames } from "../../../../integrations/command/serve/bounded-names.ts";
import { toJson } from "../../../../integrations/command/serve/json-line.ts";
import { startMetrics } from "../../../../integrations/command/serve/metrics.ts";
import { NOVA } from "../../../support/bedrock.ts";
import { ioDouble } from "./io.ts";

/** A server in this process, and what it printed. It ends with the test. */
async function started(words: readonly string[]) {
  const world = ioDouble();
  const ended = runCommand(["serve", "--emulator", "--port", "0", ...words], world.io);
  onTestFinished(async () => {
    world.stop();
    expect(await ended).toBe(0);
  });
  await expect.poll(() => world.out(), { timeout: 15_000 }).toMatch(/127\.0\.0\.1:\d+\/v1/);
  const [url, metrics] = [/http:\/\/[\d.:]+(?=\/v1)/, /http:\/\/[\d.:]+\/metrics/].map(
    (pattern) => pattern.exec(world.out())?.[0],
  );
  const ask = (body: object, path = "/v1/chat/completions", headers = {}): Promise<string> =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ messages: [{ role: "user", content: "a secret" }], ...body }),
    }).then((response) => response.text());
  const figures = async (): Promise<string> => (await fetch(metrics!)).text();
  return { ...world, url: url!, metrics: metrics!, ask, figures };
}

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1)!;

describe("every call is a line", () => {
  it("that people read", async () => {
    const { ask, out, err } = await started([]);
    await ask({ model: NOVA, stream: true });
    expect(lastLine(out())).toMatch(
      /^\d{4}-[\d-]+T[\d:]+Z 200 POST \/chat\/completions us-east-1\/us\.amazon\.nova-pro-v1:0 [\d.]+s first [\d.]+s in \d+ out \d+ req_\w+$/,
    );
    await ask({ model: "no-such.model" });
    expect(lastLine(out())).toMatch(
      / 404 POST \/chat\/completions model_not_found us-east-1\/no-such\.model /,
    );
    await ask({}, "/v1/nowhere");
    expect(lastLine(out())).toMatch(/ 404 POST \(unknown path\) unknown_url /);
    expect(out() + err()).not.toContain("secret");
  });

  it("that machines read, the first one included", async () => {
    const { ask, out, url } = await started(["--log", "json"]);
    await ask({ model: NOVA });
    const [first, call] = out()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ level: "info", url: `${url}/v1`, apiKeys: 0 });
    expect(call).toMatchObject({
      time: expect.stringMatching(/^\d{4}-/),
      level: "info",
      message: "bedrock-openai: POST /chat/completions 200",
      model: NOVA,
      target: NOVA,
      tokens: { output: expect.any(Number) },
    });
  });

  it("that tells one Region from another, where the same model answers in both", () => {
    const call = { status: 200, method: "POST", route: "/x", target: NOVA, region: "us-west-2", ms: 1 };
    const lineOf = (model: string): string => toCallLine({ ...call, model }, (_, text) => text);
    expect(lineOf("fast")).toContain(` fast → us-west-2/${NOVA} `);
    expect(lineOf(NOVA)).toContain(` /x us-west-2/${NOVA} `);
  });

  it("in one of the two forms", async () => {
    const world = ioDouble();
    expect(await runCommand(["serve", "--log", "xml"], world.io)).toBe(2);
    expect(world.err()).toContain("Allowed choices are text, json");
  });

  it.each(["a\nb", "a\r\u001B[31mb", "a\u2028b", "a\u0085b"])("that a caller cannot break: %j", (model) => {
    const line = toCallLine({ status: 404, method: "POST", route: "/x", model, ms: 1 }, (_, text) => text);
    expect(line).toMatch(/ a\?+(\[31m)?b 0\.00s$/);
  });

  it("also of what JSON cannot hold", () => {
    const own: Record<string, unknown> = {
      big: 1n,
      cause: new Error("outer", { cause: new Error("inner") }),
    };
    const line = JSON.parse(toJson("error", "oops", own)) as Record<string, unknown>;
    expect(line).toMatchObject({ big: "1", cause: { message: "outer", cause: { message: "inner" } } });
    own["own"] = own;
    expect(JSON.parse(toJson("error", "oops", own))).toMatchObject({ message: "oops" });
  });
});

describe("figures for Prometheus", () => {
  it("count calls, tokens and time", async () => {
    const { ask, figures, metrics } = await started(["--metrics-port", "0"]);
    await ask({ model: NOVA, stream: true });
    await ask({ model: NOVA });
    await ask({ model: "made-up.one" });
    await ask({}, "/v1/nowhere");
    const text = await figures();
    const of = `route="/chat/completions",model="${NOVA}"`;
    expect(text).toContain(`bedrock_openai_requests_total{${of},status="200"} 2\n`);
    expect(text).toContain(`bedrock_openai_requests_total{route="other",model="",status="404"} 1\n`);
    expect(text).toMatch(
      /bedrock_openai_tokens_total\{model="us\.amazon\.nova-pro-v1:0",kind="output"\} [1-9]/,
    );
    expect(text).toContain(`bedrock_openai_first_token_seconds_count{model="${NOVA}"} 1\n`);
    expect(text).toContain(`bedrock_openai_request_duration_seconds_count{route="/chat/completions"} 3\n`);
    expect(text).toContain("bedrock_openai_requests_in_flight 0\n");
    // A name that led nowhere makes no series of its own.
    expect(text).not.toContain("made-up");
    const response = await fetch(metrics);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=/);
  });

  it("are on a port of their own, which calls no model", async () => {
    const { url, metrics } = await started(["--metrics-port", "0", "--api-key", "sk-1"]);
    expect((await fetch(metrics)).status).toBe(200);
    const statuses = [`${url}/metrics`, metrics.replace("metrics", "v1/models"), `${metrics}/x`].map(
      async (each) => (await fetch(each)).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404]);
  });

  it("are nobody's whose page a browser on this machine has open", async () => {
    const { metrics } = await started(["--metrics-port", "0"]);
    expect((await fetch(metrics, { headers: { origin: "https://example.com" } })).status).toBe(403);
  });

  it("are not kept of more names than are served", () => {
    const nameOf = boundedNames(2);
    expect([nameOf("a", false), nameOf("a", true), nameOf("a", false)]).toEqual(["other", "a", "a"]);
    expect([nameOf("b", true), nameOf("c", true), nameOf("b", true)]).toEqual(["b", "other", "b"]);
  });

  it("name the package that they need", async () => {
    const lost = Object.assign(new Error("Cannot find package 'prom-client'"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
    await expect(startMetrics(async () => Promise.reject(lost))).rejects.toThrow(
      "Metrics need the package 'prom-client'",
    );
    const broken = async () => Promise.reject(new Error("broken"));
    await expect(startMetrics(broken)).rejects.toThrow("broken");
  });

  it("end with the server: a port that is taken is told, and nothing is left open", async () => {
    const { metrics } = await started(["--metrics-port", "0"]);
    const world = ioDouble();
    const port = new URL(metrics).port;
    expect(await runCommand(["serve", "--emulator", "--port", "0", "--metrics-port", port], world.io)).toBe(
      1,
    );
    expect(world.err()).toContain(`Port ${port} is in use already: choose another one with --metrics-port`);
  });
});
