import { execFileSync } from "node:child_process";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { loadSdkConfig } from "../../../../src/bedrock/clients/sdk-config.ts";
import { rereadSharedFiles } from "../../../../src/bedrock/clients/shared-files.ts";

/** The SDK keeps what it has read of the shared configuration files. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shared-files-"));
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const said = async (): Promise<unknown> => (await loadSdkConfig()!.loadSharedConfigFiles()).configFile;

it("is not what the SDK goes on saying once they are read again, also where there was no file before", async () => {
  for (const region of [undefined, "eu-west-1", "us-west-2"]) {
    if (region) writeFileSync(join(folder, "config"), `[default]\nregion = ${region}\n`);
    await rereadSharedFiles();
    expect(await said()).toEqual(region ? { default: { region } } : {});
  }
});

it.skipIf(process.platform === "win32")(
  "stays where a pipe is one of them, which nobody writes again",
  async () => {
    writeFileSync(join(folder, "config"), "[default]\nregion = eu-west-1\n");
    await rereadSharedFiles();
    execFileSync("mkfifo", [join(folder, "pipe")]);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "pipe"));
    await rereadSharedFiles();
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
    expect(await said()).toEqual({ default: { region: "eu-west-1" } });
  },
);

it("is no fault where nobody may look for them, as in a home folder that is another user's", async () => {
  const loop = join(folder, "config");
  symlinkSync(loop, loop);
  await expect(rereadSharedFiles()).resolves.toBeUndefined();
});

it("is no fault where there is no home folder: nobody waits for it, and it would end the process", async () => {
  for (const name of ["AWS_CONFIG_FILE", "HOME", "USERPROFILE", "HOMEPATH"]) vi.stubEnv(name, undefined);
  const os = createRequire(import.meta.url)("node:os") as { homedir(): string };
  vi.spyOn(os, "homedir").mockImplementation(() => {
    throw new Error("uv_os_homedir returned ENOENT");
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
  await expect(rereadSharedFiles()).resolves.toBeUndefined();
});

it("is read once for all calls that fail at the same time", () => {
  expect(rereadSharedFiles()).toBe(rereadSharedFiles());
});
