import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, type Installed } from "./install.ts";
import { installNodes, NODES } from "./nodes.ts";

/** What people type: the names that each subpath has promised. */
const CONTRACT: Record<string, string[]> = {
  ".": [
    "BedrockOpenAIError",
    "completeChat",
    "countTokens",
    "createBedrockOpenAIHandler",
    "describeModel",
    "embed",
    "streamChat",
  ],
  "./express": ["bedrockOpenAI"],
  "./fastify": ["bedrockOpenAI"],
  "./hono": ["bedrockOpenAI"],
  "./koa": ["bedrockOpenAI"],
  "./lambda": ["bedrockOpenAI"],
  "./next": ["bedrockOpenAI"],
  "./next/pages": ["bedrockOpenAI"],
  "./node": ["bedrockOpenAI"],
  "./openai": ["createBedrockFetch", "createBedrockOpenAI"],
  "./langchain": ["BedrockOpenAIEmbeddings", "ChatBedrockOpenAI"],
  "./testing": ["startBedrockEmulator"],
};

interface SourceMap {
  sources: string[];
}

let installed: Installed;
let subpaths: string[];

beforeAll(() => {
  installNodes();
  installed = install({ peers: true });
  subpaths = Object.keys(installed.manifest.exports).filter((subpath) => subpath !== "./package.json");
});
afterAll(() => installed?.remove());

const specifier = (subpath: string) => subpath.replace(/^\./, installed.manifest.name);
const packageOf = (path: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
const specifiers = () => JSON.stringify(subpaths.map(specifier));

const CLIENT = "@aws-sdk/client-bedrock-runtime";
const isAws = (name: string | undefined): boolean => /^@(aws|aws-sdk|aws-crypto|smithy)\//.test(name ?? "");

/** A chat with the emulator, or with nobody at all. */
const chat = (endpoint: string): string => `
  import { createBedrockOpenAIHandler } from ${JSON.stringify(specifier("."))};
  import { startBedrockEmulator, EMULATOR_CREDENTIALS as credentials } from ${JSON.stringify(specifier("./testing"))};
  const aws = await startBedrockEmulator();
  const options = { region: "us-east-1", credentials, endpoint: ${endpoint}, retries: 0, logger: { error() {}, warn() {} } };
  const handler = createBedrockOpenAIHandler(options);
  const body = JSON.stringify({ model: "amazon.nova-pro-v1:0", messages: [{ role: "user", content: "Hi" }] });
  const headers = { "content-type": "application/json" };
  const { status } = await handler(new Request("http://x/v1/chat/completions", { method: "POST", headers, body }));
  await aws.close();`;

describe("the tarball", () => {
  it("holds dist, package.json, README and LICENSE, and nothing else", () => {
    const tops = new Set(installed.files.map((file) => file.split("/")[0]));
    expect([...tops].toSorted()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  });

  it("holds every file that exports points at", () => {
    const targets = Object.values(installed.manifest.exports)
      .flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)))
      .map((target) => target.replace("./", ""));
    expect(targets.filter((target) => !installed.files.includes(target))).toEqual([]);
  });

  it("holds no other package's code: tsup inlines whatever is not a declared dependency", () => {
    const sources = installed.files
      .filter((file) => file.endsWith(".js.map"))
      .flatMap(
        (file) => (JSON.parse(readFileSync(join(installed.package, file), "utf8")) as SourceMap).sources,
      );
    expect(sources).not.toHaveLength(0);
    const packages = sources.map(packageOf).filter((name) => name !== undefined);
    expect([...new Set(packages)]).toEqual([]);
  });

  it("defines BedrockOpenAIError once, in a chunk that the subpaths share", () => {
    const definitions = installed.files
      .filter((file) => /\.[cm]?js$/.test(file))
      .filter((file) =>
        /class _?BedrockOpenAIError\b|\bBedrockOpenAIError ?= ?class\b/.test(
          readFileSync(join(installed.package, file), "utf8"),
        ),
      );
    expect(definitions).toHaveLength(1);
  });
});

describe.each(Object.entries(NODES))("on %s", (_, node) => {
  it("every subpath imports, and exports the names it has promised", () => {
    const exported = installed.run<Record<string, string[]>>(
      "import.mjs",
      `const names = {};
       for (const specifier of ${specifiers()}) names[specifier] = Object.keys(await import(specifier));
       console.log(JSON.stringify(names));`,
      { node },
    );
    const broken = subpaths.flatMap((subpath) => {
      const names = exported[specifier(subpath)]!;
      const missing = (CONTRACT[subpath] ?? ["a line in CONTRACT"]).filter((name) => !names.includes(name));
      return [...missing, ...(names.includes("default") ? ["only named exports"] : [])].map(
        (fault) => `${subpath} lacks ${fault}`,
      );
    });
    expect(broken).toEqual([]);
  });

  it("a first chat is answered without AWS's client, or anything that it is made of", () => {
    const [status, loaded] = installed.run<[number, string[]]>(
      "first-chat.mjs",
      `import { createRequire } from "node:module";
       ${chat("aws.url")}
       console.log(JSON.stringify([status, Object.keys(createRequire(import.meta.url).cache)]));`,
      { node },
    );
    expect(status).toBe(200);
    expect(loaded.map(packageOf).filter(isAws)).toEqual([]);
  });

  it("every subpath is what import() gives when a CommonJS program requires it, one error class included", () => {
    const differences = installed.run<string[]>(
      "require.cjs",
      `const differences = [];
       const { BedrockOpenAIError } = require(${JSON.stringify(installed.manifest.name)});
       require(${JSON.stringify(`${installed.manifest.name}/package.json`)});
       (async () => {
         for (const specifier of ${specifiers()}) {
           const required = require(specifier);
           const imported = await import(specifier);
           for (const name of Object.keys(imported)) {
             if (required[name] !== imported[name]) differences.push(specifier + ": " + name);
           }
           if ("BedrockOpenAIError" in imported && imported.BedrockOpenAIError !== BedrockOpenAIError) {
             differences.push(specifier + ": another BedrockOpenAIError");
           }
         }
         console.log(JSON.stringify(differences));
       })();`,
      { node },
    );
    expect(differences).toEqual([]);
  });
});

describe.each(Object.entries(NODES).filter(([name]) => !name.includes("20")))(
  "createBedrockOpenAI() on %s",
  (_, node) => {
    it("makes a client of the class that the program has, imported or required", () => {
      const told = `console.log(JSON.stringify(createBedrockOpenAI() instanceof OpenAI));`;
      const openai = JSON.stringify(specifier("./openai"));
      const imports = `import OpenAI from "openai"; import { createBedrockOpenAI } from ${openai}; ${told}`;
      const requires = `const { OpenAI } = require("openai"); const { createBedrockOpenAI } = require(${openai}); ${told}`;
      expect(installed.run("client.mjs", imports, { node })).toBe(true);
      expect(installed.run("client.cjs", requires, { node })).toBe(true);
    });
  },
);

describe("without its optional peers", () => {
  const OPTIONAL =
    /^(?:@langchain\/.*|@opentelemetry\/.*|prom-client|@keyv\/.*|@redis\/.*|keyv|openai|express|koa|next|srvx|@aws-sdk\/client-bedrock)$/;
  const RECORD_LOADS = `
    import { registerHooks } from "node:module";
    const urls = [];
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
    process.on("exit", () => console.log(JSON.stringify(urls)));`;

  /** Dependencies that a chat in words has no need of. */
  const UNASKED: ReadonlySet<string> = new Set(["zod", "yaml", "commander", "image-size"]);

  let bare: Installed;
  beforeAll(() => {
    bare = install({ peers: false });
  });
  afterAll(() => bare?.remove());

  const packagesLoadedBy = (subpath: string) =>
    packagesLoaded(`import ${JSON.stringify(specifier(subpath))};`);

  const filesLoaded = (source: string) => {
    const hook = `data:text/javascript,${encodeURIComponent(RECORD_LOADS)}`;
    return bare.run<string[]>("loads.mjs", source, { args: ["--import", hook] });
  };

  const packagesOf = (urls: readonly string[]) =>
    [...new Set(urls.map(packageOf))].filter((name) => name !== undefined);

  const packagesLoaded = (source: string) => packagesOf(filesLoaded(source));

  it("the root loads no client, no framework, no bridge and not the control plane", () => {
    const loaded = packagesLoadedBy(".");
    expect(loaded).toContain(bare.manifest.name);
    expect(loaded).toEqual([bare.manifest.name]);
  });

  it("making a handler loads nothing", () => {
    const source = `import { createBedrockOpenAIHandler } from ${JSON.stringify(specifier("."))}; createBedrockOpenAIHandler();`;
    expect(packagesLoaded(source)).toEqual([bare.manifest.name]);
  });

  const unasked = (loaded: string[]): string[] =>
    loaded.filter((name) => OPTIONAL.test(name) || UNASKED.has(name));

  it("a chat that AWS answers loads nothing of AWS's, nor anything else that it has no need of", () => {
    const files = filesLoaded(chat("aws.url"));
    const loaded = packagesOf(files);
    expect(loaded.filter((name) => isAws(name) || unasked([name]).length > 0)).toEqual([]);
    // Converse is every family's: what others are told in their own words is read by whoever calls those.
    expect(files.filter((url) => url.includes("/dist/dialects-"))).toEqual([]);
  });

  it("a chat that AWS does not answer loads AWS's client, and nothing that it has no need of", () => {
    const loaded = packagesLoaded(chat('"http://127.0.0.1:9"'));
    expect(loaded).toContain(CLIENT);
    expect(unasked(loaded)).toEqual([]);
  });

  it("a chat in process does not pay for Node's fetch", () => {
    const loaded = bare.run<string[]>(
      "in-process.mjs",
      `import { completeChat } from ${JSON.stringify(specifier("."))};
       const access = { region: "us-east-1", credentials: { accessKeyId: "A", secretAccessKey: "s" } };
       const options = { ...access, endpoint: "http://127.0.0.1:9", retries: 0, logger: { error() {}, warn() {} } };
       const request = { model: "amazon.nova-pro-v1:0", messages: [{ role: "user", content: "Hi" }] };
       await completeChat(request, options).catch(() => undefined);
       console.log(JSON.stringify(process.moduleLoadList));`,
    );
    expect(loaded).toContain("NativeModule http");
    expect(loaded.filter((name) => name.includes("undici"))).toEqual([]);
  });

  it("the root and the Express door load 30 KiB of our own code, compressed, and no more", () => {
    expect(compressed(["dist/index.js", "dist/express.js"])).toBeLessThanOrEqual(30 * 1024);
  });

  it("a fetch for any client loads no client", () => {
    expect(packagesLoadedBy("./openai")).toContain(bare.manifest.name);
    expect(packagesLoadedBy("./openai").filter((name) => OPTIONAL.test(name))).toEqual([]);
  });

  /** What files and all that they import load of ours, in bytes of gzip. */
  function compressed(entries: readonly string[]): number {
    const files = new Map<string, string>();
    const add = (file: string): void => {
      if (files.has(file)) return;
      const source = readFileSync(join(bare.package, file), "utf8").replace(/\n\/\/# sourceMappingURL.*/, "");
      files.set(file, source);
      for (const [, name] of source.matchAll(/(?:^|[;}])(?:import|export)\b[^"';]*"\.\/([^"]+)"/gm))
        add(`dist/${name}`);
    };
    for (const entry of entries) add(entry);
    expect(files.size).toBeGreaterThan(entries.length);
    return [...files.values()].reduce((sum, source) => sum + gzipSync(source).length, 0);
  }

  const lost = (): string => `
    import { createBedrockOpenAI } from ${JSON.stringify(specifier("./openai"))};
    try { createBedrockOpenAI() } catch (error) { console.log(JSON.stringify(error.message)) }`;

  it("a client without its package is one sentence that names what to install", () => {
    expect(bare.run("lost.mjs", lost())).toMatch(/^bedrock-openai: .*`npm install openai`/);
  });

  it.each([
    [
      "is broken",
      `throw new SyntaxError("Cannot use import statement outside a module");`,
      /outside a module/,
    ],
    ["lacks what it needs", `import "what-it-needs";`, /'what-it-needs'/],
  ])("a client whose package %s is not said to be missing, and its class can be given", (_, source, why) => {
    const openai = join(bare.folder, "node_modules/openai");
    mkdirSync(openai);
    writeFileSync(join(openai, "package.json"), `{ "name": "openai", "main": "index.mjs" }`);
    writeFileSync(join(openai, "index.mjs"), source);
    try {
      const said = bare.run<string>("lost.mjs", lost());
      expect(said).toMatch(
        /^bedrock-openai: .*could not load the 'openai' package: .*createBedrockOpenAI\(OpenAI, options\)/s,
      );
      expect(said).toMatch(why);
      expect(said).not.toContain("npm install");
    } finally {
      rmSync(openai, { recursive: true });
    }
  });

  it("LangChain's classes without their package are Node's own sentence, which names it", () => {
    const said = bare.run<string>(
      "lost.mjs",
      `import(${JSON.stringify(specifier("./langchain"))}).catch((error) => console.log(JSON.stringify(error.message)));`,
    );
    expect(said).toMatch(/Cannot find package '@langchain\/core'/);
  });

  it("the emulator loads nothing but itself", () => {
    expect(packagesLoadedBy("./testing")).toEqual([bare.manifest.name]);
  });
});
