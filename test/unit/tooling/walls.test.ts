import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

/** One line in one file: what it holds, and whether the linter must let it pass. */
interface Line {
  file: string;
  code: string;
  passes: boolean;
}

let names = 0;
const runs = (specifier: string) => `import ${JSON.stringify(specifier)};`;
const types = (specifier: string) => `import type { T${names++} } from ${JSON.stringify(specifier)};`;
const may = (file: string, ...code: string[]): Line[] =>
  code.map((line) => ({ file, code: line, passes: true }));
const mayNot = (file: string, ...code: string[]): Line[] =>
  code.map((line) => ({ file, code: line, passes: false }));

const folders = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const SHARED_ROOMS = [
  "anthropic",
  "bedrock",
  "conversation",
  "dialects",
  "endpoints",
  "flow",
  "gate",
  "http",
  "in-process",
  "media",
  "openai",
  "reception",
  "record",
  "schema",
  "store",
  "testing",
  "tokens",
  "wires",
];
// What several wires share; see below for what these rooms may not import.
const WIRES_ROOMS = ["native", "reply", "request"];
// Whatever stands on the disk is walled in too: a new wire or slice that the configuration does not name fails here.
const wires = new Set(["chat", "completions", "responses", "messages", ...folders("src/wires")]);
const slices = new Set(["embeddings", "images", "rerank", "moderations", "models", ...folders("src")]);
for (const room of SHARED_ROOMS) slices.delete(room);
for (const room of WIRES_ROOMS) wires.delete(room);

const pairs = (names: Set<string>) =>
  [...names].flatMap((one) => [...names].filter((other) => other !== one).map((other) => [one, other]));

const AWS = ["@aws-sdk/client-bedrock-runtime", "@aws-sdk/client-bedrock", "@smithy/node-http-handler"];

const WALLS: Record<string, Line[]> = {
  "only src/bedrock imports the AWS SDK, types included": [
    ...may("src/bedrock/clients/clients.ts", ...AWS.flatMap((name) => [runs(name), types(name)])),
    ...[
      "src/handler.ts",
      "src/openai/chat-request.ts",
      "src/http/sse.ts",
      "src/conversation/fit.ts",
      "src/wires/chat/endpoint.ts",
      "src/dialects/llama.ts",
      "src/embeddings/families/titan.ts",
      "src/testing/index.ts",
      "adapters/express.ts",
      "adapters/_node.ts",
      "integrations/openai.ts",
    ].flatMap((file) => mayNot(file, ...AWS.flatMap((name) => [runs(name), types(name)]))),
    ...mayNot("src/handler.ts", 'void import("@aws-sdk/client-bedrock");'),
  ],
  "src/options.ts names AWS's types without loading its code": [
    ...may("src/options.ts", types("@aws-sdk/client-bedrock-runtime"), types("@smithy/types")),
    ...mayNot("src/options.ts", runs("@aws-sdk/client-bedrock-runtime"), runs("@smithy/node-http-handler")),
  ],
  "src/dialects imports the conversation, its own kind and errors.ts": [
    ...may(
      "src/dialects/llama3.ts",
      runs("./prompt/llama-body.ts"),
      types("../conversation/types.ts"),
      runs("../errors.ts"),
    ),
    ...may("src/dialects/prompt/turns.ts", runs("../parts/words.ts"), runs("../../conversation/text-of.ts")),
    ...["src/dialects/llama3.ts", "src/dialects/prompt/turns.ts"].flatMap((file) =>
      mayNot(file, runs("node:buffer"), runs("zod"), runs("@aws-sdk/client-bedrock-runtime")),
    ),
    ...mayNot("src/dialects/llama3.ts", runs("../bedrock/traits/traits.ts"), types("../wires/ask.ts")),
    ...mayNot(
      "src/dialects/prompt/turns.ts",
      runs("../../bedrock/traits/traits.ts"),
      runs("../../http/sse.ts"),
    ),
  ],
  "src/openai imports the words of src/schema and itself": [
    ...may(
      "src/openai/chat.ts",
      runs("../schema/z.ts"),
      runs("./validation.ts"),
      runs("./responses/items.ts"),
    ),
    ...mayNot("src/openai/chat.ts", runs("zod"), runs("../schema/unions.ts")),
    ...mayNot("src/openai/chat.ts", runs("../errors.ts"), types("../conversation/types.ts"), types("openai")),
    ...may("src/openai/responses/items.ts", runs("../../schema/z.ts"), runs("../validation.ts")),
    ...mayNot("src/openai/responses/items.ts", runs("../../errors.ts"), runs("../../http/json.ts")),
  ],
  "src/schema imports nothing but itself": [
    ...may("src/schema/unions.ts", runs("./schema.ts")),
    ...mayNot("src/schema/unions.ts", runs("zod"), types("../openai/chat-request.ts")),
  ],
  "src/anthropic imports the words of src/schema and itself": [
    ...may("src/anthropic/request.ts", runs("../schema/z.ts"), runs("./content.ts")),
    ...mayNot("src/anthropic/request.ts", runs("../openai/chat-parts.ts"), types("@anthropic-ai/sdk")),
  ],
  "what keeps things knows nothing of them, and loads no store": [
    ...may("src/store/seal.ts", runs("node:crypto"), runs("../errors.ts"), types("../context.ts")),
    ...mayNot("src/store/store.ts", runs("keyv"), types("@keyv/redis"), runs("node:fs")),
    ...mayNot("src/store/kept.ts", types("../openai/responses/response.ts"), runs("../wires/ask.ts")),
  ],
  "src/conversation runs its own code and errors.ts, and takes types from elsewhere": [
    ...may("src/conversation/fit.ts", runs("./turns.ts"), runs("../errors.ts")),
    ...may("src/conversation/fit.ts", types("../bedrock/traits.ts"), types("../context.ts")),
    ...mayNot("src/conversation/fit.ts", runs("../bedrock/traits.ts"), runs("../context.ts"), runs("zod")),
    ...may("src/conversation/media/bytes.ts", runs("../types.ts"), runs("../../errors.ts")),
    ...mayNot("src/conversation/media/bytes.ts", runs("../../context.ts"), types("@smithy/types")),
  ],
  "a wire never imports another wire": [
    ...[...pairs(wires)].flatMap(([one, other]) =>
      mayNot(`src/wires/${one}/endpoint.ts`, runs(`../${other}/encode.ts`), types(`../${other}/encode.ts`)),
    ),
    ...mayNot("src/wires/responses/items/decode.ts", runs("../../chat/decode.ts")),
    ...may("src/wires/chat/endpoint.ts", runs("./decode.ts"), runs("../../conversation/fit.ts")),
    ...may("src/wires/chat/endpoint.ts", runs("../../openai/chat.ts"), runs("../../http/sse.ts")),
  ],
  "what wires share knows none of them": [
    ...may("src/wires/completions/decode.ts", runs("../request/parameters.ts"), runs("../reply/usage.ts")),
    ...may("src/wires/chat/request/unmapped.ts", runs("../../request/unmapped.ts")),
    ...WIRES_ROOMS.flatMap((room) =>
      [...wires].flatMap((wire) => mayNot(`src/wires/${room}/shared.ts`, runs(`../${wire}/decode.ts`))),
    ),
  ],
  "what all endpoints share knows none of them": [
    ...may("src/reception/read-request.ts", runs("../http/json.ts"), types("../bedrock/operations.ts")),
    ...may("src/flow/calls.ts", runs("../reception/notes.ts"), runs("./together.ts")),
    ...mayNot("src/reception/read-request.ts", runs("../wires/ask.ts"), runs("../bedrock/bedrock.ts")),
    ...mayNot("src/flow/calls.ts", types("../embeddings/family.ts"), runs("../images/task.ts")),
  ],
  "only src/tokens loads a tokenizer, and knows nothing but it": [
    ...may("src/tokens/decode-tokens.ts", runs("../errors.ts"), runs("./other.ts")),
    ...may("src/tokens/decode-tokens.ts", 'void import("gpt-tokenizer/encoding/cl100k_base");'),
    ...mayNot("src/tokens/decode-tokens.ts", runs("../context.ts"), types("../openai/chat.ts"), runs("zod")),
    ...["src/wires/completions/prompts.ts", "src/embeddings/endpoint.ts", "src/handler.ts"].flatMap((file) =>
      mayNot(file, runs("gpt-tokenizer"), 'void import("gpt-tokenizer/encoding/cl100k_base");'),
    ),
    ...may("src/wires/completions/prompts.ts", runs("../../tokens/decode-tokens.ts")),
    ...may("src/embeddings/endpoint.ts", runs("../tokens/decode-tokens.ts")),
  ],
  "only src/images looks into images": [
    ...may("src/images/picture-size.ts", 'void import("image-size");'),
    ...may("src/images/masks/sharp.ts", 'void import("sharp");', types("sharp")),
    ...[
      "src/handler.ts",
      "src/options.ts",
      "src/bedrock/clients/clients.ts",
      "src/http/multipart.ts",
      "src/reception/files.ts",
      "src/conversation/media/bytes.ts",
      "src/dialects/llama3.ts",
      "src/openai/chat.ts",
      "src/tokens/decode-tokens.ts",
      "src/wires/chat/endpoint.ts",
      "src/embeddings/endpoint.ts",
      "src/media/fetch-media.ts",
      "src/testing/index.ts",
      "adapters/express.ts",
      "integrations/openai.ts",
    ].flatMap((file) => mayNot(file, runs("image-size"), 'void import("sharp");')),
    ...mayNot(
      "src/images/masks/png.ts",
      runs("node:zlib"),
      runs("gpt-tokenizer"),
      runs("@aws-sdk/client-bedrock"),
    ),
  ],
  "a wire gets its AWS services through the call context": [
    ...mayNot("src/wires/chat/endpoint.ts", runs("../../bedrock/courier.ts")),
    ...may("src/wires/chat/endpoint.ts", types("../../bedrock/courier.ts"), runs("../../context.ts")),
  ],
  "the gate and the record know no endpoint, and only the record may load OpenTelemetry": [
    ...may("src/gate/gate.ts", runs("../http/api-key.ts"), types("../bedrock/models/aliases.ts")),
    ...mayNot("src/gate/gate.ts", runs("../wires/ask.ts"), runs("../bedrock/bedrock.ts")),
    ...may("src/record/observe.ts", types("../context.ts"), types("@opentelemetry/api")),
    ...mayNot("src/record/observe.ts", runs("../embeddings/plan.ts"), runs("prom-client")),
    ...mayNot("src/wires/ask.ts", types("@opentelemetry/api")),
  ],
  "slices never import each other, nor a wire": [
    ...[...pairs(slices)].flatMap(([one, other]) =>
      mayNot(`src/${one}/endpoint.ts`, runs(`../${other}/endpoint.ts`)),
    ),
    ...mayNot("src/embeddings/families/titan.ts", runs("../../images/family.ts")),
    ...mayNot("src/models/endpoint.ts", runs("../wires/chat/endpoint.ts")),
    ...may("src/embeddings/families/titan.ts", runs("../family.ts"), types("../../context.ts")),
  ],
  "src/http knows itself and errors.ts": [
    ...may("src/http/json.ts", runs("./body.ts"), runs("../errors.ts")),
    ...mayNot("src/http/json.ts", runs("../context.ts"), types("../openai/chat.ts"), runs("zod")),
  ],
  "src/media knows Node, ipaddr.js, itself and errors.ts": [
    ...may("src/media/fetch-media.ts", runs("node:http"), runs("node:dns/promises"), runs("ipaddr.js")),
    ...may("src/media/fetch-media.ts", runs("./options.ts"), runs("../errors.ts"), runs("../status-text.ts")),
    ...mayNot(
      "src/media/fetch-media.ts",
      runs("../context.ts"),
      types("../options.ts"),
      runs("../http/body.ts"),
    ),
    ...mayNot(
      "src/media/fetch-media.ts",
      runs("undici"),
      runs("zod"),
      types("@smithy/types"),
      runs("openai"),
    ),
    ...mayNot("src/media/fetch-media.ts", types("../bedrock/courier.ts"), types("../conversation/types.ts")),
  ],
  "media is downloaded by one fetcher, which comes through the call context": [
    ...["src/wires/chat/endpoint.ts", "src/embeddings/families/titan.ts"].flatMap((file) => [
      ...mayNot(file, runs("../../media/fetch-media.ts")),
      ...may(file, types("../../media/fetch-media.ts")),
    ]),
    ...mayNot("src/images/endpoint.ts", runs("../media/fetch-media.ts")),
    ...mayNot(
      "src/bedrock/clients/clients.ts",
      runs("../../media/fetch-media.ts"),
      types("../../media/fetch-media.ts"),
    ),
    ...mayNot("src/conversation/fit.ts", runs("../media/fetch-media.ts")),
    ...mayNot("src/http/json.ts", types("../media/fetch-media.ts")),
    ...mayNot("src/openai/chat.ts", types("../media/fetch-media.ts")),
    ...mayNot("src/testing/index.ts", types("../media/fetch-media.ts")),
    ...mayNot("adapters/express.ts", types("../src/media/fetch-media.ts")),
    ...mayNot("src/options.ts", runs("./media/fetch-media.ts")),
    ...may("src/options.ts", types("./media/fetch-media.ts")),
    ...may("src/context.ts", types("./media/fetch-media.ts")),
    ...may("src/handler.ts", runs("./media/fetch-media.ts")),
    // Rooms of the same name elsewhere are their own.
    ...may("src/wires/chat/endpoint.ts", runs("../../conversation/media/bytes.ts")),
    ...may("src/bedrock/clients/clients.ts", types("../../conversation/media/bytes.ts")),
  ],
  "the emulator shares no code with the library that it judges": [
    ...may("src/testing/index.ts", runs("./server.ts"), runs("node:http"), runs("node:timers/promises")),
    ...may("src/testing/index.ts", types("../conversation/types.ts")),
    ...mayNot("src/testing/index.ts", runs("../conversation/turns.ts"), runs("../errors.ts"), runs("zod")),
    ...mayNot("src/testing/index.ts", types("../bedrock/traits.ts"), runs("@smithy/eventstream-codec")),
    ...may("src/testing/answers/echo.ts", runs("../faults.ts"), types("../../conversation/types.ts")),
    ...mayNot("src/testing/index.ts", types("../context.ts"), types("../../adapters/node.ts"), types("zod")),
    ...mayNot("src/testing/answers/echo.ts", types("../../context.ts"), types("@smithy/types")),
    ...mayNot("src/testing/answers/echo.ts", runs("../../conversation/turns.ts"), runs("../../errors.ts")),
  ],
  "an adapter imports the public core and its siblings; only the bridges know srvx": [
    ...may("adapters/express.ts", runs("../src/index.ts"), runs("./_node.ts"), types("node:http")),
    ...mayNot("adapters/express.ts", runs("../src/errors.ts"), types("../src/context.ts"), runs("srvx")),
    ...mayNot("adapters/express.ts", types("express"), types("srvx"), types("../src/wires/chat/decode.ts")),
    ...may("adapters/express.ts", types("../src/index.ts"), types("./_node.ts")),
    ...mayNot("adapters/express.ts", runs("srvx/node"), runs("express"), runs("../integrations/openai.ts")),
    ...may("adapters/_node.ts", runs("srvx"), runs("srvx/node"), runs("../src/index.ts")),
    ...may("adapters/_send.ts", runs("srvx/node"), runs("../src/http/plain-bodies.ts"), runs("node:stream")),
    ...may("adapters/_body.ts", types("../src/http/plain-bodies.ts"), runs("../src/index.ts")),
    ...mayNot("adapters/_body.ts", runs("srvx"), runs("../src/http/sse.ts"), runs("express")),
    ...mayNot(
      "adapters/express.ts",
      runs("../src/http/plain-bodies.ts"),
      types("../src/http/plain-bodies.ts"),
    ),
    ...mayNot("adapters/_node.ts", runs("../src/handler.ts"), runs("express")),
  ],
  "an integration imports the public core and its own peer": [
    ...may("integrations/openai.ts", runs("../src/index.ts"), types("openai"), types("openai/resources")),
    ...may("integrations/openai.ts", runs("../src/http/lent-text.ts"), runs("./openai/reading-text.ts")),
    ...may("integrations/openai/reading-text.ts", runs("../../src/http/plain-bodies.ts"), types("openai")),
    ...mayNot("integrations/openai/items.ts", runs("../../src/http/sse.ts"), runs("node:util")),
    ...may("integrations/openai/installed.ts", runs("node:module"), runs("../../src/optional-package.ts")),
    ...mayNot("integrations/openai.ts", runs("../src/handler.ts"), runs("@langchain/core/messages")),
    ...may("integrations/langchain.ts", runs("../src/index.ts"), runs("@langchain/core/messages")),
    ...may("integrations/langchain/handler.ts", runs("../../src/option-names.ts")),
    ...mayNot("integrations/langchain/handler.ts", runs("../../src/check-options.ts")),
    ...may("integrations/command/config/shapes.ts", runs("../../../src/nearest-name.ts")),
    ...mayNot("integrations/langchain.ts", types("openai"), runs("../adapters/express.ts")),
    ...mayNot("integrations/another.ts", runs("openai"), runs("zod")),
    ...may("integrations/command/serve/metrics.ts", runs("prom-client"), runs("../terminal.ts")),
    ...mayNot("integrations/command/serve/metrics.ts", runs("@opentelemetry/api"), runs("openai")),
  ],
  "src knows nothing of what stands on it": [
    ...["src/handler.ts", "src/bedrock/clients/clients.ts", "src/wires/chat/endpoint.ts"].flatMap((file) =>
      mayNot(
        file,
        runs("../adapters/express.ts"),
        runs("../../integrations/openai.ts"),
        runs("openai"),
        runs("srvx"),
      ),
    ),
    ...mayNot("src/handler.ts", runs("./testing/index.ts"), runs("bedrock-openai/express")),
    ...mayNot("src/bedrock/clients/clients.ts", runs("../../wires/chat/endpoint.ts")),
  ],
  "only tests import test/": [
    ...[
      "src/handler.ts",
      "src/bedrock/clients/clients.ts",
      "src/wires/chat/endpoint.ts",
      "scripts/size.ts",
      "tsup.config.ts",
    ].map((file) => mayNot(file, runs("../test/support/bedrock.ts"))[0]!),
    ...mayNot("adapters/node.ts", runs("../test/support/bedrock.ts")),
    ...mayNot("examples/express/server.ts", runs("../../test/support/bedrock.ts")),
    ...may("test/unit/handler.test.ts", runs("../../test/support/bedrock.ts"), runs("../../src/handler.ts")),
  ],
  "an example imports the package by its public names": [
    ...may("examples/express/server.ts", runs("bedrock-openai/express"), runs("node:http")),
    ...mayNot("examples/express/server.ts", runs("../../src/index.ts"), runs("../../adapters/express.ts")),
  ],
  "Node's modules and globals stay in src/bedrock, src/media, src/testing, adapters/_node.ts and outside": [
    ...[
      "src/bedrock/clients/clients.ts",
      "src/media/fetch-media.ts",
      "src/testing/index.ts",
      "adapters/_node.ts",
      "scripts/size.ts",
      "examples/express/server.ts",
      "test/unit/handler.test.ts",
    ].flatMap((file) => may(file, runs("node:fs"), "void Buffer.from('');", "void process.env;")),
    ...[
      "src/handler.ts",
      "src/http/sse.ts",
      "src/openai/chat.ts",
      "src/conversation/fit.ts",
      "src/wires/chat/endpoint.ts",
      "src/embeddings/endpoint.ts",
      "adapters/express.ts",
      "integrations/openai.ts",
    ].flatMap((file) =>
      mayNot(
        file,
        runs("node:fs"),
        "void Buffer.from('');",
        "void process.env;",
        "void globalThis.process.env;",
      ),
    ),
    ...mayNot("src/options.ts", runs("node:process"), "void process.env;"),
    ...may("src/options.ts", "void globalThis.process?.env;"),
  ],
  "exports have names": [
    ...mayNot("src/handler.ts", "export default 1;"),
    ...mayNot("adapters/express.ts", "export default 1;"),
    ...may("tsup.config.ts", "export default 1;"),
  ],
};

const project = mkdtempSync(join(tmpdir(), "walls-"));
const refused = new Map<string, string>();
const place = (file: string, line: number) => `${file}:${line}`;

/** Writes each line once, into files laid out like the project's, and remembers where it stands. */
function layOut(lines: Line[]): Map<Line, string> {
  const texts = new Map<string, string[]>();
  const places = new Map<Line, string>();
  for (const line of lines) {
    const text = texts.get(line.file) ?? [];
    texts.set(line.file, text);
    places.set(line, place(line.file, text.push(line.code)));
  }
  for (const [file, text] of texts) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), text.join("\n"));
  }
  return places;
}

interface Diagnostic {
  code?: string;
  message: string;
  filename: string;
  labels: { span: { line: number } }[];
}

const WALL_RULES = /no-restricted-imports|no-restricted-globals|no-nodejs-modules|no-default-export/;
let places: Map<Line, string>;

beforeAll(() => {
  places = layOut(Object.values(WALLS).flat());
  copyFileSync(join(root, ".oxlintrc.json"), join(project, ".oxlintrc.json"));
  const oxlint = join(root, "node_modules/.bin/oxlint");
  const { stdout } = spawnSync(oxlint, ["--format=json"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  for (const { code, filename, labels, message } of diagnostics) {
    // A file that does not parse is not linted, and would make every "may" below a lie.
    if (!code) throw new Error(`${filename}: ${message}`);
    if (WALL_RULES.test(code)) refused.set(place(filename, labels[0]!.span.line), message);
  }
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

it.each(Object.entries(WALLS))("%s", (_, lines) => {
  const breached = lines.filter((line) => !line.passes && !refused.has(places.get(line)!));
  const inTheWay = lines.filter((line) => line.passes && refused.has(places.get(line)!));
  expect({ breached, inTheWay }).toEqual({ breached: [], inTheWay: [] });
});
