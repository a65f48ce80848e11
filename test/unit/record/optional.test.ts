import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { CallContext } from "../../../src/context.ts";
import { createRecord } from "../../../src/record/record.ts";
import { createTelemetry } from "../../../src/record/telemetry/telemetry.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** The packages of OpenTelemetry's, or for Prometheus, that a handler loads for a call. */
function loadedFor(options: string): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const urls = [];
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
    const { createBedrockOpenAIHandler } = await import("./src/index.ts");
    const handler = createBedrockOpenAIHandler({ logger: { error() {}, warn() {} }, ...${options} });
    await handler(new Request("http://x/v1/chat/completions", { method: "POST", body: "{}" }));
    console.log(JSON.stringify(urls.filter((url) => /@opentelemetry|prom-client/.test(url))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as string[];
}

it("who asked for no telemetry loads none", () => {
  expect(loadedFor("{}")).toEqual([]);
  expect(loadedFor("{ telemetry: true }")).not.toEqual([]);
});

it("a package that is not installed is named once, and no call fails for it", async () => {
  const said: unknown[] = [];
  const say = (_: string, details: Record<string, unknown>): void => void said.push(details["cause"]);
  const missing = Object.assign(new Error("Cannot find package '@opentelemetry/api'"), {
    code: "ERR_MODULE_NOT_FOUND",
  });
  const load = async (): Promise<never> => Promise.reject(missing);
  const observer = createTelemetry({ telemetry: true, logger: { error: say, warn: say } }, load);
  const context = { record: createRecord() } as CallContext;
  expect(await observer.around!(context, async () => "answer")).toBe("answer");
  expect(await observer.around!(context, async () => "answer")).toBe("answer");
  observer.asked!(context);
  expect(observer.wants!(context)).toBe(false);
  const complaint = "The option 'telemetry' needs the package '@opentelemetry/api', which is not installed.";
  expect(said).toEqual([expect.objectContaining({ message: complaint, cause: missing })]);
});
