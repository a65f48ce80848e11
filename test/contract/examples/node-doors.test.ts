import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** No AWS of the machine's own: the examples then run on the emulator. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  PORT: "0",
};

let child: ChildProcess | undefined;
afterEach(() => void child?.kill());

/** Starts an example and gives the base URL that it prints. */
function start(file: string): Promise<string> {
  child = spawn(process.execPath, [file], { cwd: ROOT, env: ENVIRONMENT });
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (data: Buffer): void => {
      output += data.toString();
      const [baseURL] = /http:\/\/127\.0\.0\.1:\d+\/v1/.exec(output) ?? [];
      if (baseURL) resolve(baseURL);
    };
    child!.stdout!.on("data", read);
    child!.stderr!.on("data", read);
    child!.once("exit", () => reject(new Error(`it exited before it printed a base URL: ${output}`)));
  });
}

describe("the examples run as their READMEs say", () => {
  beforeAll(() => {
    if (!existsSync(`${ROOT}/dist/koa.js`)) throw new Error("The examples need `npm run build` first.");
  });

  it.each(["koa", "fastify", "node"])(
    "the app of %s answers and streams beside its own routes",
    async (name) => {
      const baseURL = await start(`examples/${name}/app.ts`);
      for (const stream of [false, true]) {
        const response = await fetch(`${baseURL}/chat/completions`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            model: "us.amazon.nova-pro-v1:0",
            messages: [{ role: "user", content: "Anybody?" }],
            stream,
          }),
        });
        expect(response.status).toBe(200);
        expect(await response.text()).toContain("Anybody?");
      }
      expect(await (await fetch(new URL("/", baseURL))).text()).toContain("go on as before");
    },
  );
});
