import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** No AWS of the machine's own: the examples then run on the emulator. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  PORT: "0",
};

let child: ChildProcess | undefined;
let output = "";
afterEach(() => {
  child?.kill();
  output = "";
});

function start(file: string): Promise<number | null> {
  child = spawn(process.execPath, [file], { cwd: ROOT, env: ENVIRONMENT });
  child.stdout!.on("data", (data: Buffer) => void (output += data.toString()));
  child.stderr!.on("data", (data: Buffer) => void (output += data.toString()));
  return new Promise((resolve) => child!.once("exit", resolve));
}

async function printed(pattern: RegExp): Promise<string> {
  for (;;) {
    const match = pattern.exec(output);
    if (match) return match[1] ?? match[0];
    if (child!.exitCode !== null) throw new Error(`exited before it printed ${pattern}: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ask = (baseURL: string): Promise<Response> =>
  fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "us.amazon.nova-pro-v1:0",
      messages: [{ role: "user", content: "Anybody there?" }],
    }),
  });

describe("the examples run as their READMEs say", () => {
  beforeAll(() => {
    if (!existsSync(`${ROOT}/dist/index.js`)) throw new Error("The examples need `npm run build` first.");
  });

  it("the demo shows the main job and ends well", async () => {
    expect(await start("examples/demo/demo.ts")).toBe(0);
    expect(output).toContain('get_weather("Oslo") was called');
    expect(output).toContain("PNG image, 48×32 pixels");
    expect(output).toContain("BadRequestError (inference_profile_required");
    expect(output).toContain("EMULATOR");
  });

  it("the server says that it is the emulator, answers, and stops when told", async () => {
    const ended = start("examples/server/server.ts");
    const baseURL = await printed(/http:\/\/127\.0\.0\.1:\d+\/v1/);
    expect(output).toContain("EMULATOR: no AWS region and credentials were found");
    const response = await ask(baseURL);
    expect(await response.text()).toContain("Anybody there?");
    child!.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it("the Express app answers beside its own routes", async () => {
    void start("examples/express/app.ts");
    const baseURL = await printed(/http:\/\/127\.0\.0\.1:\d+\/v1/);
    expect(await (await ask(baseURL)).text()).toContain("Anybody there?");
    expect(await (await fetch(baseURL.replace("/v1", "/"))).text()).toContain("own routes");
  });

  it("retrieval finds what the question is about", async () => {
    expect(await start("examples/retrieval/retrieval.ts")).toBe(0);
    const best = output.slice(output.indexOf("Best after ranking again"));
    expect(best).toContain("The pump stops when the water is too warm");
  });

  it("the openai client in process streams an answer and ends", async () => {
    expect(await start("examples/openai-client/chat.ts")).toBe(0);
    expect(output).toContain("3.9");
  });
});
