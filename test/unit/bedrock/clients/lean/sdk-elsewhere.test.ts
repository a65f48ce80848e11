import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createClients } from "../../../../../src/bedrock/clients/clients.ts";
import { isPlainlyConfigured } from "../../../../../src/bedrock/clients/lean/said-plainly.ts";
import { isSendWrapped } from "../../../../../src/bedrock/clients/lean/wrapped-send.ts";
import { resolveOptions } from "../../../../../src/resolve-options.ts";
import { silenceEnvironment } from "../../../../support/silent-environment.ts";

/** An SDK's client whose parts are not where today's has them: a newer one, or one that is all in one file. It is slower, never wrong. */

const place = vi.hoisted(() => ({ file: "" }));
vi.mock("../../../../../src/bedrock/clients/lean/untouched.ts", () => ({ isUntouched: () => true }));
vi.mock("../../../../../src/bedrock/clients/sdk-client.ts", async (original) => ({
  ...(await original<object>()),
  sdkClient: () => ({ file: place.file, require: createRequire(place.file) }),
}));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "elsewhere-"));
  place.file = join(folder, "index.js");
  writeFileSync(place.file, "");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(silenceEnvironment);
afterEach(() => vi.unstubAllEnvs());

describe("a client of the SDK that has its parts elsewhere", () => {
  it("is asked itself, and fails no call", async () => {
    expect(isSendWrapped()).toBe(true);
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const clients = createClients(resolveOptions({ region: "us-east-1", credentials }));
    expect(await clients.lean()).toBeUndefined();
    await expect(clients.home()).resolves.toBe("us-east-1");
  });

  it("reads the shared configuration files itself", async () => {
    expect(await isPlainlyConfigured()).toBe(true);
    vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
    writeFileSync(join(folder, "config"), "[default]\nregion = eu-west-1\n");
    expect(await isPlainlyConfigured()).toBe(false);
  });
});
