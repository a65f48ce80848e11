import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  EMULATOR_CREDENTIALS,
  startBedrockEmulator,
  type BedrockEmulator,
} from "../../../src/testing/index.ts";
import { type, type Shown, type TerminalFacts } from "../../support/terminal.ts";
import { LISTS } from "../../support/lists.ts";

let bedrock: BedrockEmulator;
let folder: string;

beforeAll(async () => {
  bedrock = await startBedrockEmulator();
  folder = await mkdtemp(join(tmpdir(), "models-"));
});
afterAll(async () => {
  await bedrock.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", EMULATOR_CREDENTIALS.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", EMULATOR_CREDENTIALS.secretAccessKey);
  vi.stubEnv("AWS_REGION", "us-east-1");
});
afterEach(() => {
  vi.unstubAllEnvs();
  bedrock.reset();
});

const models = (words: readonly string[], facts?: TerminalFacts): Promise<Shown> =>
  type(["models", "--endpoint", bedrock.url, ...words], facts);

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");

describe("what is shown", () => {
  it("is a line for each model, whose id can be copied whole", async () => {
    const { exitCode, out } = await models([]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^global\.anthropic\.claude-sonnet-4-5-20250929-v1:0 +chat +tools images thinks$/m);
    expect(out).toMatch(/^amazon\.titan-embed-text-v2:0 +embedding$/m);
    expect(out).toMatch(/^amazon\.rerank-v1:0 +rerank$/m);
  });

  it("fits 80 columns when it is piped, but for ARNs, which come last", async () => {
    const { out } = await models(["--all"]);
    const lines = linesOf(out);
    const firstArn = lines.findIndex((line) => line.includes("arn:aws"));
    expect(lines.slice(0, firstArn).filter((line) => line.length > 80)).toEqual([]);
    expect(lines.slice(firstArn).every((line) => line.includes("arn:aws"))).toBe(true);
  });

  it.each([40, 60, 80, 120, 200])("gives up columns, never ids, at a width of %d", async (columns) => {
    const { out } = await models(["us.amazon.nova"], { columns, isTTY: true });
    expect(out).toMatch(/^us\.amazon\.nova-pro-v1:0( |$)/m);
    if (columns >= 60) expect(linesOf(out).every((line) => line.length <= columns)).toBe(true);
  });

  it("tells vendor, documents and streaming where there is room", async () => {
    const { out } = await models(["us.amazon.nova-pro"], { columns: 120 });
    expect(linesOf(out)[0]).toMatch(/^MODEL +KIND +CAN +STREAMS +VENDOR$/);
    expect(linesOf(out)[1]).toMatch(/tools images documents caches +yes +Amazon$/);
  });

  it("leaves out what AWS calls legacy, says so, and shows it when asked", async () => {
    const usual = await models(["canvas"]);
    expect(usual).toMatchObject({ exitCode: 1, out: "" });
    expect(usual.err).toContain("Show them with --all");
    const all = await models(["canvas", "--all"]);
    expect(all.out).toMatch(/^amazon\.nova-canvas-v1:0 +image +legacy( |$)/m);
  });

  it("keeps only what has all the words, whatever their case", async () => {
    const { out, err } = await models(["Claude", "GLOBAL."]);
    const rows = linesOf(out).slice(1);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter((row) => !row.startsWith("global.anthropic.claude"))).toEqual([]);
    expect(err).toContain(`${rows.length} models`);
  });

  it("has the operator's own names first", async () => {
    const file = join(folder, "config.yaml");
    await writeFile(file, "models:\n  my-chat: us.amazon.nova-lite-v1:0\n");
    const { out } = await models(["--config", file, "nova-lite"]);
    expect(linesOf(out).slice(0, 2)).toEqual(["NAME     LEADS TO", "my-chat  us.amazon.nova-lite-v1:0"]);
  });
});

describe("--json", () => {
  it("is the list as GET /v1/models has it, and nothing else on standard output", async () => {
    const { out } = await models(["--json", "us.amazon.nova-pro"]);
    expect(JSON.parse(out)).toMatchObject({
      object: "list",
      data: [{ id: "us.amazon.nova-pro-v1:0", object: "model", mode: "chat", supports: { tools: true } }],
    });
  });

  it("is an empty list, and a failure, where nothing matches", async () => {
    const { exitCode, out, err } = await models(["--json", "no-such-model"]);
    expect(JSON.parse(out)).toEqual({ object: "list", data: [] });
    expect(exitCode).toBe(1);
    expect(err).toContain("'no-such-model'");
  });
});

describe("who may not ask", () => {
  const DENIED = {
    name: "AccessDeniedException",
    message:
      "User: arn:aws:iam::123456789012:user/x is not authorized to perform: bedrock:ListFoundationModels",
  };

  it("reads which lists to allow, when all are closed", async () => {
    for (const operation of LISTS) bedrock.refuse(operation, DENIED, Infinity);
    const { exitCode, out, err } = await models([]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toContain("Have an IAM policy allow bedrock:ListFoundationModels, ");
    expect(err).not.toContain("123456789012");
    expect(linesOf(err)).toHaveLength(1);
  });

  it("reads what is missing, when some are closed, and sees the rest", async () => {
    bedrock.refuse("ListImportedModels", DENIED, Infinity);
    const { exitCode, out, err } = await models(["nova-pro"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("us.amazon.nova-pro-v1:0");
    expect(err).toContain("Missing: bedrock:ListImportedModels (AccessDeniedException)");
  });

  it("reads a permission once that two lists need", async () => {
    bedrock.refuse("ListInferenceProfiles", DENIED, Infinity);
    const { err } = await models(["nova-pro"]);
    expect(err).toContain("Missing: bedrock:ListInferenceProfiles (AccessDeniedException).");
  });

  it.each([
    ["EXPIREDKEY", "AWS_SESSION_TOKEN"],
    ["AKIAINVALID", "AWS does not know these credentials"],
  ])("reads what is wrong with the key %s", async (key, cure) => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", key);
    const { exitCode, err } = await models([]);
    expect(exitCode).toBe(1);
    expect(err).toContain(cure);
  });

  it("reads that no Region is configured", async () => {
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
    const { exitCode, err } = await models([]);
    expect(exitCode).toBe(1);
    expect(err).toContain("--region");
  });

  it("reads that nobody listens at the endpoint", async () => {
    const gone = await startBedrockEmulator();
    await gone.close();
    const { exitCode, err } = await type(["models", "--endpoint", gone.url]);
    expect(exitCode).toBe(1);
    expect(err).toContain("Check --endpoint.");
  });
});

describe("progress", () => {
  it("is on standard error, for people alone, and gone at the end", async () => {
    const { out, err } = await models(["nova-pro"], { isTTY: true, columns: 80 });
    expect(err).toContain("Asking AWS");
    expect(err.lastIndexOf("\u001B[2K")).toBeGreaterThan(err.indexOf("Asking AWS"));
    expect(out).not.toContain("Asking");
    const piped = await models(["nova-pro"]);
    expect(piped.err).not.toContain("Asking");
    expect(piped.out).not.toContain("\u001B");
  });
});
