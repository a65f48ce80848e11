import { describe, expect, it } from "vitest";
import { ConfigError, toLine } from "../../../../../integrations/command/config/fault.ts";
import { parseConfig } from "../../../../../integrations/command/config/parse-config.ts";
import type { ConfigFile } from "../../../../../integrations/command/config/shape.ts";
import { type BedrockOpenAIOptions, createBedrockOpenAIHandler } from "../../../../../src/index.ts";
import { TRAITS } from "../../../../../integrations/command/config/traits-shape.ts";
import { traitsOf } from "../../../../../src/bedrock/traits/traits.ts";

const read = (text: string, environment = {}): ConfigFile => parseConfig(text, environment).config;

function complaints(text: string, environment = {}): string[] {
  try {
    parseConfig(text, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(toLine);
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("a file that is right", () => {
  it("sets every option that can be written down, under its own name", () => {
    const written: Required<Omit<ConfigFile, "credentials" | "profile">> = {
      region: "eu-central-1",
      role: [{ arn: "arn:aws:iam::123456789012:role/a" }, { arn: "arn:aws:iam::123456789012:role/b" }],
      webIdentityToken: { file: "/token" },
      apiKey: "bedrock-api-key",
      fips: true,
      dualStack: false,
      proxy: false,
      http2: true,
      endpoint: { runtime: "http://127.0.0.1:1" },
      headers: { "x-team": "blue" },
      models: { "gpt-*": "us.amazon.nova-pro-v1:0", fast: { model: "x.y", defaults: { temperature: 0.2 } } },
      traits: { "acme.*": { tools: false, reasoning: { kind: "none", efforts: [], off: "omit" } } },
      unsupported: "reject",
      promptCache: "auto",
      media: { fetch: true, allowPrivate: ["media.example.com"], maxBytes: 1, timeout: 2, maxRedirects: 0 },
      passThrough: true,
      maxBodyBytes: 1000,
      retries: 0,
      timeouts: { firstByte: 1, idle: 2, ready: 3, body: 4 },
      apiKeys: ["sk-1"],
      allowRequestCredentials: true,
      cors: { origins: ["https://app.example.com"], headers: ["x-team"], maxAge: 60 },
      maxConcurrency: 100,
      prices: {
        "amazon.nova-*": {
          input: 0.8,
          output: 3.2,
          cached: 0.2,
          written: 0.8,
          writtenForAnHour: 1.6,
          tiers: { flex: 0.5 },
        },
      },
      store: { maxBytes: 1_000_000 },
      storeTtl: 86_400_000,
      stateSecret: "a secret of at least thirty-two characters",
      telemetry: { captureContent: false },
      port: 0,
      host: "::1",
      metricsPort: 9464,
    };
    expect(read(JSON.stringify(written, undefined, "\t"))).toEqual(written);
    // A role is taken on without a key.
    const { port: _, host: __, metricsPort: ___, apiKey: ____, store: _____, ...options } = written;
    expect(() => createBedrockOpenAIHandler({ ...options, store: { maxBytes: 1 } })).not.toThrow();
  });

  it("leaves out no option of the handler but those that are code", () => {
    type Left = Exclude<keyof BedrockOpenAIOptions, keyof ConfigFile>;
    // Whoever adds an option adds it to the file's shape, or here.
    const code: Record<Left, true> = {
      authorize: true,
      client: true,
      logger: true,
      onUsage: true,
      waitUntil: true,
    };
    for (const name of Object.keys(code))
      expect(complaints(`region: us-east-1\n${name}: x`)).toEqual([
        `line 2: '${name}' takes code, so only createBedrockOpenAIHandler can be given it.`,
      ]);
  });

  it("knows every trait that the core knows", () => {
    expect(Object.keys(TRAITS.shape).toSorted()).toEqual(
      Object.keys(traitsOf("nobody.knows-it", {})).toSorted(),
    );
  });

  it.each([
    ["store: false", { store: false }],
    ["store: redis://:hunter2@127.0.0.1:6379/1", { store: "redis://:hunter2@127.0.0.1:6379/1" }],
    ["store: os.environ/STORE", { store: "rediss://cache.example.com" }],
  ])("says where things are kept: %s", (text, config) => {
    expect(read(text, { STORE: "rediss://cache.example.com" })).toEqual(config);
  });

  it("may share what it repeats", () => {
    const config = read(`
models:
  a: &calm
    model: x.y
    defaults: { temperature: 0 }
  b:
    <<: *calm
    region: eu-west-1
`);
    expect(config.models!["b"]).toEqual({ model: "x.y", defaults: { temperature: 0 }, region: "eu-west-1" });
  });
});

describe("variables", () => {
  it("stand wherever a value stands, numbers and truths too, and are never read as YAML", () => {
    const text = `
port: os.environ/PORT
passThrough: os.environ/PASS
apiKeys: [os.environ/KEY]
models: { a: { model: x.y, headers: { x-team: os.environ/TEAM } } }
`;
    const environment = { PORT: "4000", PASS: "True", KEY: "12345678", TEAM: "{a: &b [*b]}" };
    expect(read(text, environment)).toEqual({
      port: 4000,
      passThrough: true,
      apiKeys: ["12345678"],
      models: { a: { model: "x.y", headers: { "x-team": "{a: &b [*b]}" } } },
    });
  });

  it("that are not set stop the start, for what they were to say would be somebody else's", () => {
    const text =
      "region: os.environ/A\ncredentials:\n  accessKeyId: os.environ/B\n  secretAccessKey: os.environ/toString\n";
    expect(complaints(text, { A: "" })).toEqual([
      "line 1: 'region' wants the variable A, which is not set.",
      "line 3: 'credentials.accessKeyId' wants the variable B, which is not set.",
      "line 4: 'credentials.secretAccessKey' wants the variable toString, which is not set.",
    ]);
  });
});

describe("what is wrong is named with its line, all of it at once, and without the values", () => {
  it("variables that are not set among the rest, once each", () => {
    expect(complaints("regoin: x\nport: os.environ/PORT\npassThrough: os.environ/PASS\nretries: -1")).toEqual(
      [
        "line 1: there is no option 'regoin'; did you mean 'region'?",
        "line 2: 'port' wants the variable PORT, which is not set.",
        "line 3: 'passThrough' wants the variable PASS, which is not set.",
        "line 4: 'retries' must be a whole number, 0 or more.",
      ],
    );
  });

  it("reads well", () => {
    const text = `regoin: us-east-1
port: 80800
models:
  fast:
    modle: us.amazon.nova-micro-v1:0
    surface: hunter2
  other: 5
  third:
timeouts:
  idle: -1
  first_byte: 3
apiKeys: hunter2
credentials: { accessKeyId: 123, secretAccessKey: "", sesionToken: hunter2 }
traits:
  "acme.*":
    tols: false
endpoint:
  runtme: http://hunter2
passThrough: hunter2
nothing-like-it: hunter2
`;
    const said = complaints(text);
    expect(said.join("\n")).toMatchInlineSnapshot(`
      "line 1: there is no option 'regoin'; did you mean 'region'?
      line 2: 'port' must be a port, 0 to 65535.
      line 5: 'models.fast' has no 'modle'; did you mean 'model'?
      line 6: 'models.fast.surface' must be 'converse', 'invoke', 'openai' or 'converse-like'.
      line 7: 'models.other' must be a model string, or a mapping.
      line 8: 'models.third' has no value.
      line 10: 'timeouts.idle' must be a positive number of milliseconds.
      line 11: 'timeouts' has no 'first_byte'; did you mean 'firstByte'?
      line 12: 'apiKeys' must be a list, with a dash before each item.
      line 13: 'credentials.accessKeyId' must be a text (in quotes, if it looks like a number).
      line 13: 'credentials.secretAccessKey' must be a text (in quotes, if it looks like a number).
      line 13: 'credentials' has no 'sesionToken'; did you mean 'sessionToken'?
      line 16: 'traits.acme.*' has no 'tols'; did you mean 'tools'?
      line 18: 'endpoint' has no 'runtme'; did you mean 'runtime'?
      line 19: 'passThrough' must be true or false.
      line 20: there is no option 'nothing-like-it'; known are region, credentials, profile, role, webIdentityToken, apiKey, fips, dualStack, proxy, http2, endpoint, headers, models, traits, unsupported, promptCache, media, passThrough, maxBodyBytes, retries, timeouts, apiKeys, allowRequestCredentials, cors, maxConcurrency, prices, store, storeTtl, stateSecret, telemetry, port, host, metricsPort."
    `);
    expect(said.join("\n")).not.toContain("hunter2");
  });

  it.each([
    ["store: memory", "line 1: 'store' must be a Redis URL, { maxBytes } or false."],
    ["store: http://:hunter2@redis", "line 1: 'store' must be a Redis URL, { maxBytes } or false."],
    ["store: true", "line 1: 'store' must be a Redis URL, { maxBytes } or false."],
    ["store: { maxBytes: 0 }", "line 1: 'store.maxBytes' must be a positive number of bytes."],
    ["store: { maxbytes: 1 }", "line 1: 'store' has no 'maxbytes'; did you mean 'maxBytes'?"],
    ["storeTtl: 0.5", "line 1: 'storeTtl' must be a whole number of milliseconds, 1 or more."],
    ["stateSecret: hunter2", "line 1: 'stateSecret' must be at least 32 characters."],
  ])("of what is kept: %s", (text, message) => {
    expect(complaints(text)).toContain(message);
    expect(complaints(text).join("\n")).not.toContain("hunter2");
  });

  it.each([
    ["", "line 1: the file is empty."],
    ["# only words", "line 1: the file is empty."],
    ["- a", "line 1: a mapping of options is expected, `region: us-east-1`."],
    ["a: 1\nretries: 1\nretries: 2", "line 3: this key stands here a second time."],
    ["retries: 1\n---\nretries: 2", "line 2: a second document begins here, and only one is read."],
    ["region: @secret", "line 1: Plain value cannot start with reserved character @."],
    ["{ region: x }} secret", "line 1: Unexpected flow-map-end token in YAML stream."],
    ["region: x\n<<: secret", "`<<` takes a mapping, or an alias of one."],
    ["region: 'secret", "line 1: Missing closing 'quote."],
  ])("also where it is no YAML: %j", (text, message) => {
    expect(complaints(text)).toContain(message);
  });

  it.each([
    ["!hunter2", "line 1: what begins with ! is a tag, and this is none that fits; a text is put in quotes."],
    [
      "!e!hunter2 x",
      "line 1: what begins with ! is a tag, and this is none that fits; a text is put in quotes.",
    ],
    ["*hunter2", "what begins with * is an alias, and one has no anchor before it; a text is put in quotes."],
    ["|hunter2", "line 1: Block scalar header includes extra characters."],
    [">hunter2\n x", "line 1: Block scalar header includes extra characters."],
    [
      '"\\U68756e746572322d"',
      "line 1: a backslash in double quotes begins what YAML does not know; single quotes leave it as it is.",
    ],
  ])("nor does YAML's own grammar give a key away that begins like it: apiKey: %j", (key, message) => {
    const said = complaints(`apiKey: ${key}`);
    expect(said).toContain(message);
    expect(said.join("\n")).not.toMatch(/hunter2|68756e/);
  });

  it("does not take what every object has for an option", () => {
    expect(complaints("constructor: 1")[0]).toMatch(/^line 1: there is no option 'constructor'/);
    expect(complaints('"__proto__": { region: x }')[0]).toMatch(/^line 1: there is no option '__proto__'/);
    expect(complaints("models: { a: { toString: 1 } }")[0]).toMatch(/^line 1: 'models.a' has no 'toString'/);
  });
});

describe("a hostile file ends soon", () => {
  const tower = (letter: string, below: string): string =>
    `${letter}: &${letter} [${`*${below}, `.repeat(9)}]\n`;

  it.each([
    [
      "a bomb of aliases",
      `a: &a [x]\n${"bcdefghijk"
        .split("")
        .map((at, index) => tower(at, "abcdefghij"[index]!))
        .join("")}`,
    ],
    ["a list within itself", "models: &a { x: { defaults: { y: *a } } }"],
    ["brackets without an end", "[".repeat(200_000)],
    ["braces without an end", `models: ${"{a: ".repeat(5000)}`],
    ["a tower of lists", `models: { a: { defaults: { b: ${"[".repeat(200)}${"]".repeat(200)} } } }`],
  ])("%s", (_, text) => {
    const said = complaints(text);
    expect(said.length).toBeLessThan(20);
    expect(said.join("\n")).toMatch(/nested too deep|stand for too much/);
  });

  it("a key as long as a book", () => {
    const [said] = complaints(`? ${"x".repeat(500_000)}\n: 1`);
    expect(said!.length).toBeLessThan(500);
  });
});
