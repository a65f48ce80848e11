import { build, type BuildOptions, type Format } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, type Installed } from "./install.ts";

/** Whoever imports it has its package. */
const NEEDS_ITS_PEER = "./langchain";

let bare: Installed;
beforeAll(() => {
  bare = install({ peers: false });
});
afterAll(() => bare?.remove());

const specifier = (subpath: string) => JSON.stringify(subpath.replace(/^\./, bare.manifest.name));

/** What esbuild makes of an app. */
async function bundled(contents: string, format: Format, options: BuildOptions = {}): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: bare.folder },
    bundle: true,
    platform: "node",
    format,
    write: false,
    logLevel: "silent",
    ...options,
  });
  expect(warnings).toEqual([]);
  return outputFiles![0]!.text;
}

describe("an app without the optional peers", () => {
  it.each([true, false])("can be bundled, through every door; minified: %s", async (minify) => {
    const subpaths = Object.keys(bare.manifest.exports).filter(
      (subpath) => subpath !== "./package.json" && subpath !== NEEDS_ITS_PEER,
    );
    const app = subpaths.map((subpath, index) => `export * as door${index} from ${specifier(subpath)};`);
    expect(await bundled(app.join("\n"), "esm", { minify })).toContain("createBedrockOpenAIHandler");
  });

  it("names what is missing when it is needed, from a bundle too", async () => {
    const app = `
      import { createBedrockOpenAIHandler } from ${specifier(".")};
      const handler = createBedrockOpenAIHandler({ region: "us-east-1", endpoint: "http://127.0.0.1:9" });
      const body = JSON.stringify({ model: "amazon.titan-embed-text-v2:0", input: [9906] });
      const headers = { "content-type": "application/json" };
      handler(new Request("http://x/v1/embeddings", { method: "POST", headers, body }))
        .then((response) => response.json())
        .then(({ error }) => console.log(JSON.stringify(error)));`;
    const error = bare.run<{ code: string; message: string }>("bundled.cjs", await bundled(app, "cjs"));
    expect(error).toMatchObject({
      code: "invalid_value",
      message: expect.stringContaining("'gpt-tokenizer' is not installed"),
    });
  });
});
