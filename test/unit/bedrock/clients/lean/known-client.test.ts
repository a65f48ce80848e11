import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { versionOfKnown } from "../../../../../src/bedrock/clients/lean/known-client.ts";
import { sdkClient } from "../../../../../src/bedrock/clients/sdk-client.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "known-client-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const { file } = sdkClient()!;

describe("the SDK's client, read", () => {
  it("is known as it is installed here", () => expect(versionOfKnown(file)).toMatch(/^3\.\d+\.\d+$/));

  it.each<[string, string, string]>([
    [
      "one more step",
      "this.middlewareStack.use(getLoggerPlugin",
      "this.middlewareStack.use(getNewPlugin(this.config));\nthis.middlewareStack.use(getLoggerPlugin",
    ],
    [
      "one more setting",
      "const _config_11 = resolve",
      "const _config_11 = resolveNewConfig(_config_10);\nconst _config_12 = resolve",
    ],
    [
      "another host",
      "bedrock-runtime.{Region}.{PartitionResult#dnsSuffix}",
      "bedrock.{Region}.{PartitionResult#dnsSuffix}",
    ],
    ["its version elsewhere", "var version =", "const { version } ="],
  ])("is not known with %s", (_, from, to) => {
    const source = readFileSync(file, "utf8");
    expect(source).toContain(from);
    const changed = join(folder, "client.js");
    writeFileSync(changed, source.replace(from, to));
    expect(versionOfKnown(changed)).toBeUndefined();
  });
});
