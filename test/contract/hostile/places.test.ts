import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { expectError } from "../../support/hostile/law.ts";
import { HOSTILE_NAMES } from "../../support/hostile-names.ts";

/** Names and addresses by which a caller would lead this server elsewhere: to its own network, or to other parts of AWS. */

let house: House;
let handler: BedrockOpenAIHandler;
let port: number;
let reached = 0;
const inside = createServer((socket) => {
  reached += 1;
  socket.destroy();
});

beforeAll(async () => {
  house = await openHouse();
  handler = house.withOptions({ allowRequestCredentials: true });
  inside.listen(0, "127.0.0.1");
  await once(inside, "listening");
  ({ port } = inside.address() as AddressInfo);
});
afterEach(() => {
  expect([reached, house.logged]).toEqual([0, []]);
  house.bedrock.reset();
});
afterAll(async () => {
  inside.close();
  await house.bedrock.close();
});

const ask = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  handler(
    new Request(`http://localhost/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );

const invoked = (): string[] =>
  house.bedrock.requests.filter(({ method }) => method === "POST").map(({ path }) => path);

/** @returns What the caller is told. */
async function refusalOf(response: Response, statuses: readonly number[] = [400]): Promise<string> {
  const text = await response.text();
  expect([statuses.includes(response.status), response.status, text, invoked()]).toEqual([
    true,
    response.status,
    text,
    [],
  ]);
  expectError(text);
  return text;
}

const user = (part: object): object => ({
  messages: [{ role: "user", content: [part, { type: "text", text: "?" }] }],
});

/** Every place of a request where an address of a file may stand. */
const PLACES: Readonly<Record<string, (url: string) => [path: string, body: object]>> = {
  "an image of a message": (url) => [
    "/chat/completions",
    { model: NOVA, ...user({ type: "image_url", image_url: { url } }) },
  ],
  "a file of a message": (url) => [
    "/chat/completions",
    { model: NOVA, ...user({ type: "file", file: { file_data: url } }) },
  ],
  "a file's id": (url) => [
    "/chat/completions",
    { model: NOVA, ...user({ type: "file", file: { file_id: url } }) },
  ],
  "a video of a message": (url) => [
    "/chat/completions",
    { model: NOVA, ...user({ type: "video_url", video_url: { url } }) },
  ],
  "audio of a message": (url) => [
    "/chat/completions",
    { model: NOVA, ...user({ type: "input_audio", input_audio: { data: url, format: "wav" } }) },
  ],
  "a document in Anthropic's words": (url) => [
    "/chat/completions",
    { model: NOVA, ...user({ type: "document", source: { type: "url", url } }) },
  ],
  "an image of an input": (url) => ["/embeddings", { model: "cohere.embed-v4:0", input: [{ image: url }] }],
  "an image that is edited": (url) => [
    "/images/edits",
    { model: "amazon.nova-canvas-v1:0", prompt: "a", image: url },
  ],
  "a mask": (url) => [
    "/images/edits",
    { model: "amazon.nova-canvas-v1:0", prompt: "a", image: "iVBORw0KGgo=", mask: url },
  ],
  "an image that is judged": (url) => [
    "/moderations",
    {
      model: "omni-moderation-latest",
      input: [{ type: "image_url", image_url: { url } }],
      guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "1" },
    },
  ],
};

const ADDRESSES = [
  "http://127.0.0.1:PORT/a.png",
  "http://2130706433:PORT/a.png",
  "http://0x7f.1:PORT/a.png",
  "http://0177.0.0.1:PORT/a.png",
  "http://[::1]:PORT/a.png",
  "http://[::ffff:7f00:1]:PORT/a.png",
  "http://[::]:PORT/a.png",
  "http://0.0.0.0:PORT/a.png",
  "http://localhost.:PORT/a.png",
  "http://[64:ff9b::7f00:1]:PORT/a.png",
  "http://[2002:7f00:1::]:PORT/a.png",
  "http://[fe80::1%25lo]:PORT/a.png",
  "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
  "http://169.254.170.2/v2/credentials",
  "http://[fd00:ec2::254]/latest/meta-data/",
  "http://user:secret@127.0.0.1:PORT/a.png",
  "HTTP://127.0.0.1:PORT/a.png",
  "file:///etc/passwd",
  "ftp://127.0.0.1:PORT/a.png",
  "gopher://127.0.0.1:PORT/_x",
];

describe.each(Object.entries(PLACES))("%s", (_, toRequest) => {
  it.each(ADDRESSES)("is never fetched from %s", async (address) => {
    const [path, body] = toRequest(address.replace("PORT", String(port)));
    const text = await refusalOf(await ask(path, body));
    expect(text).not.toContain("secret");
  });
});

describe("a model's name on every endpoint", () => {
  const ENDPOINTS: Readonly<Record<string, object>> = {
    "/completions": { prompt: "a" },
    "/embeddings": { input: "a" },
    "/images/generations": { prompt: "a" },
    "/moderations": { input: "a" },
    "/rerank": { query: "a", documents: ["a"] },
  };

  it.each(Object.entries(ENDPOINTS))("%s leads nowhere but to a model", async (path, body) => {
    // As a `model_id`, the way that stands before a good name is not looked at.
    for (const name of HOSTILE_NAMES.filter((each) => !each.startsWith("converse_like/")))
      for (const said of [{ model: name }, { model: NOVA, model_id: name }])
        await refusalOf(await ask(path, { ...body, ...said }), [400, 404]);
    expect(house.bedrock.requests.filter(({ path: to }) => /evil|passwd|\.\./.test(to))).toEqual([]);
  });
});

describe("an address that a request brings along", () => {
  const OWN = { aws_access_key_id: "AKIAIOSFODNN7EXAMPLE", aws_secret_access_key: "a".repeat(40) };
  const messages = [{ role: "user", content: "Hi" }];

  it.each([
    "http://127.0.0.1:PORT",
    "https://127.0.0.1:PORT",
    "http://169.254.169.254/latest",
    "http://bedrock-runtime.us-east-1.amazonaws.com",
    "https://bedrock-runtime.us-east-1.amazonaws.com.evil.example",
    "https://evil.example/bedrock-runtime.us-east-1.amazonaws.com",
    "https://bedrock-runtime.us-east-1.amazonaws.com@evil.example",
    "https://bedrock-runtime.us-east-1.amazonaws.com:8443",
    "https://evil.example#.amazonaws.com",
    "https://bedrock-runtime.evil.example/.us-east-1.amazonaws.com",
    "https://bedrock-runtime.us-east-1.evil.amazonaws.com",
    "https://s3.us-east-1.amazonaws.com",
    "https://sts.amazonaws.com",
    "https://bedrock-runtime.us-east-1.amazonaws.com\\@evil.example",
    "https://bedrock-runtime.us-east-1\n.amazonaws.com.evil.example",
    "//evil.example",
  ])("is AWS's own of Bedrock, or refused: %j", async (address) => {
    for (const name of ["api_base", "aws_bedrock_runtime_endpoint"]) {
      const url = address.replace("PORT", String(port));
      const text = await refusalOf(
        await ask("/chat/completions", { model: NOVA, messages, ...OWN, [name]: url }),
      );
      expect(text).toContain(`"param":"${name}"`);
    }
  });

  it.each([
    { aws_region_name: "us-east-1.evil.example/" },
    { aws_region_name: "us-east-1@evil.example" },
    { aws_region_name: "../us-east-1" },
    { aws_region_name: "us-east-1\r\nx: y" },
    { aws_sts_endpoint: "http://127.0.0.1:1/" },
    { aws_profile_name: "default" },
    { aws_web_identity_token: "/var/run/secrets/token" },
    { aws_web_identity_token: "file:///etc/passwd" },
    { aws_role_name: "arn:aws:iam::123456789012:role/x" },
    { extra_headers: { host: "evil.example" } },
    { extra_headers: { "x-amz-target": "AmazonBedrock.DeleteGuardrail" } },
    { extra_headers: { Authorization: "AWS4-HMAC-SHA256 x" } },
    { extra_headers: { "x-a": "b\r\nhost: evil.example" } },
    { extra_headers: { "x a": "b" } },
    { extra_headers: { "": "b" } },
  ])("or another part of its access leads nowhere: %j", async (said) => {
    const text = await refusalOf(await ask("/chat/completions", { model: NOVA, messages, ...said }));
    expect(text).toContain(`"param":"${Object.keys(said)[0]}`);
  });
});

describe("what goes into headers and paths", () => {
  const BREAKS = [
    "a\r\nx-injected: 1",
    "a\nb",
    "a\u0000b",
    "\u2028",
    "../../guardrail",
    "%0d%0ax: 1",
    "\u00e9\ud800",
  ];
  const messages = [{ role: "user", content: "Hi" }];
  const INVOKE = "invoke/us.anthropic.claude-sonnet-4-5-20250929-v1:0";

  it.each(BREAKS)("stays one value, whatever it holds: %j", async (text) => {
    const bodies = [
      { metadata: { [text]: text } },
      { requestMetadata: { [text]: text } },
      { user: text },
      { safety_identifier: text },
      { stop: [text] },
      { tools: [{ type: "function", function: { name: text, parameters: { type: "object" } } }] },
      { serviceTier: { type: text } },
      { performanceConfig: { latency: text } },
      { guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: text } },
      { anthropic_beta: [text] },
    ];
    for (const model of [NOVA, INVOKE])
      for (const body of bodies) {
        house.bedrock.reset();
        const response = await ask("/chat/completions", { model, messages, ...body });
        const told = await response.text();
        expect([[200, 400].includes(response.status), told]).toEqual([true, told]);
        const path = model === NOVA ? /\/converse$/ : /\/invoke$/;
        for (const request of house.bedrock.requests) {
          expect(request.path).toMatch(path);
          expect(Object.keys(request.headers)).not.toContain("x-injected");
        }
        expect([...response.headers.keys()]).not.toContain("x-injected");
      }
  });

  it("is never broken into lines of the operator's log", async () => {
    const name = "InternalServerException";
    house.bedrock.enqueue({ error: { name, message: "one\r\n2026-01-01 forged line\u001b[31m\u2028x" } });
    await ask("/chat/completions", { model: NOVA, messages });
    const logged = house.logged.splice(0);
    expect(logged).toHaveLength(1);
    expect([...logged[0]!].filter((char) => char < " " || /[\u007f\u2028\u2029]/.test(char))).toEqual([]);
  });
});
