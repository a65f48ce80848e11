import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const untouched = pathToFileURL(
  join(import.meta.dirname, "../../../../../src/bedrock/clients/lean/untouched.ts"),
).href;

/** In a process of its own: this one has loaded the client long ago. */
function isUntouchedAfter(code: string, env: Record<string, string> = {}): unknown {
  const { VITEST: _, JEST_WORKER_ID: __, ...inherited } = process.env;
  const source = `
    import Module, { createRequire } from "node:module";
    const require = createRequire(${JSON.stringify(import.meta.url)});
    const { isUntouched } = await import(${JSON.stringify(untouched)});
    const before = isUntouched();
    ${code}
    console.log(JSON.stringify([before, isUntouched()]));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", source], {
    cwd: import.meta.dirname,
    env: { ...inherited, ...env },
    encoding: "utf8",
  });
  return JSON.parse(said);
}

it("a process in which nobody asks for the SDK's client is untouched", () => {
  expect(isUntouchedAfter(`require("@aws-sdk/core/httpAuthSchemes")`)).toEqual([true, true]);
});

it.each([
  ["an import of the client", `await import("@aws-sdk/client-bedrock-runtime")`],
  ["a require of the client", `require("@aws-sdk/client-bedrock-runtime")`],
  [
    "a client that was loaded, and whose modules are to be loaded anew",
    `await import("@aws-sdk/client-bedrock-runtime"); isUntouched(); for (const name of Object.keys(require.cache)) delete require.cache[name]`,
  ],
  [
    "a hook on require, as tracers have",
    `const own = Module.prototype.require; Module.prototype.require = function (id) { return own.call(this, id) }`,
  ],
  ["a hook on what loads modules", `const own = Module._load; Module._load = (...args) => own(...args)`],
  [
    "a hook on what compiles modules, as tracers that write into them have",
    `const own = Module.prototype._compile; Module.prototype._compile = function (...args) { return own.apply(this, args) }`,
  ],
  [
    "OpenTelemetry, set up",
    `const { metrics } = await import("@opentelemetry/api"); metrics.setGlobalMeterProvider(metrics.getMeterProvider())`,
  ],
  ["Datadog's tracer", `globalThis[Symbol.for("dd-trace")] = {}`],
])("touched by %s, before the first call or later", (_, code) => {
  expect(isUntouchedAfter(code)).toEqual([true, false]);
});

it.each(["VITEST", "JEST_WORKER_ID", "NODE_TEST_CONTEXT", "AVA_PATH"])(
  "a test runner has its own registry of modules: %s",
  (name) => {
    expect(isUntouchedAfter("", { [name]: "1" })).toEqual([false, false]);
  },
);

/** As `import-in-the-middle` and `esmock` do it. */
const HOOK = `export async function resolve(name, context, next) {
  const found = await next(name, context);
  return name === "@aws-sdk/client-bedrock-runtime" ? { ...found, url: found.url + "?wrapped" } : found;
}`;

/** @param code What runs before everything else. */
const preloaded = (code: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
});

it.each([
  [
    "hooks on import that wrap the SDK's client",
    `import { register } from "node:module"; register("data:text/javascript,${encodeURIComponent(HOOK)}");`,
  ],
  [
    "another way of loading modules than Node's",
    `import Module from "node:module"; Module.prototype._compile = undefined;`,
  ],
])("touched from the beginning by %s", (_, code) => {
  expect(isUntouchedAfter("", preloaded(code))).toEqual([false, false]);
});
