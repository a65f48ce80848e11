import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type BedrockEmulator,
  EMULATOR_CREDENTIALS,
  startBedrockEmulator,
} from "../../../src/testing/index.ts";
import { faultsOf } from "./faults.ts";
import { createProject, type Project, ROOT } from "./project.ts";
import { snippetsOf } from "./snippets.ts";

const RECIPES = snippetsOf(join(ROOT, "docs/recipes.md")).filter(({ language }) => language === "ts");
const TESTED = RECIPES.filter(({ note }) => note === "");
const fileOf = (heading: string): string => `${heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.ts`;

/** What a recipe prints on the emulator, and the models that it asked there (Rerank has none in its path), in whatever order. */
const EXPECTED: Record<string, { prints: RegExp; asks: string[] }> = {
  "The official client": {
    prints: /Say hello\.[^]*And goodbye\./,
    asks: ["us.amazon.nova-pro-v1:0", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"],
  },
  "AI SDK, with `@ai-sdk/openai`": {
    prints:
      /Say hello\.[^]*\nThought: (?!undefined).+\nSaid: .*3\.11[^]*\n2 vectors of 1024 numbers\nimage\/png\n/,
    asks: [
      "cohere.embed-multilingual-v3",
      "stability.sd3-5-large-v1:0",
      "us.amazon.nova-pro-v1:0",
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ],
  },
  "AI SDK, with `@ai-sdk/open-responses`": { prints: /Say hello\./, asks: ["us.amazon.nova-pro-v1:0"] },
  "AI SDK, with `@ai-sdk/openai-compatible`": {
    prints: /Thought: (?!undefined).+\nSaid: .*3\.11/,
    asks: ["us.anthropic.claude-sonnet-4-5-20250929-v1:0"],
  },
  "AI SDK, reranking with `@ai-sdk/cohere`": {
    prints: /^Paris is the capital of France\.\n$/,
    asks: ["Rerank"],
  },
  "OpenAI Agents": {
    prints: /get_weather returned: Oslo: 3 degrees[^]*in one word/,
    asks: Array.from({ length: 3 }, () => "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
  },
  "LangChain.js, with `@langchain/openai`": {
    prints: /Say hello\.[^]*\n1024\n/,
    asks: ["cohere.embed-multilingual-v3", "us.amazon.nova-pro-v1:0"],
  },
  "Anthropic's client": { prints: /Say hello\./, asks: ["us.anthropic.claude-sonnet-4-5-20250929-v1:0"] },
};

let bedrock: BedrockEmulator;
let project: Project;
beforeAll(async () => {
  bedrock = await startBedrockEmulator({ region: "us-west-2" });
  project = createProject(Object.fromEntries(TESTED.map(({ heading, code }) => [fileOf(heading), code])));
});
afterEach(() => bedrock.reset());
afterAll(async () => {
  project?.remove();
  await bedrock?.close();
});

const run = promisify(execFile);

describe("docs/recipes.md", () => {
  it("has no recipe that is not run, but those that say so", () => {
    expect(TESTED.map(({ heading }) => heading)).toEqual(Object.keys(EXPECTED));
    const untested = RECIPES.filter(({ note }) => note !== "").map(({ heading, note }) => [heading, note]);
    expect(untested).toEqual([
      ["LlamaIndex.TS", "untested"],
      ["Instructor", "untested"],
    ]);
  });

  it.each(Object.entries(EXPECTED))(
    "%s: runs as it stands",
    { timeout: 60_000 },
    async (heading, { prints, asks }) => {
      const { stdout, stderr } = await run(process.execPath, [fileOf(heading)], {
        cwd: project.folder,
        // The address and the keys are all that is not the reader's own AWS.
        env: {
          AWS_ENDPOINT_URL: bedrock.url,
          AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
          AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
        },
      });
      expect(stdout).toMatch(prints);
      expect(stderr).toBe("");
      const models = bedrock.requests.map(({ modelId, operation }) => modelId ?? operation);
      expect(models.toSorted()).toEqual(asks);
    },
  );

  it("compiles for a reader with a strict TypeScript", { timeout: 120_000 }, () => {
    const files = TESTED.map(({ heading }) => fileOf(heading));
    expect(faultsOf(project.folder, files)).toEqual([]);
  });
});
