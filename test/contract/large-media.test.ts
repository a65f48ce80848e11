import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { DOORS, type Door } from "../support/doors.ts";
import { chatRequest } from "../support/requests.ts";

/** Bytes that no run of a compressor or of a table would make: the same on every run. */
function noise(head: readonly number[], size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, state = size; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  bytes.set(head);
  return bytes;
}

const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const SIZE_AND_COLOUR = [0, 0, 4, 0, 0, 0, 3, 0, 8, 2, 0, 0, 0];
/** Of 3.7 MB, since AWS counts its limit of 5 in base64. */
const png = noise([...PNG_HEAD, ...SIZE_AND_COLOUR], 3_700_001).toString("base64");
const pdf = noise([...Buffer.from("%PDF-1.7\n")], 2_000_000).toString("base64");
const mp4 = noise([0, 0, 0, 0x20, ...Buffer.from("ftypisom")], 5_000_003).toString("base64");

const parts = [
  { type: "text", text: "What’s in these? 日本" },
  { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } },
  { type: "file", file: { filename: "report.pdf", file_data: `data:application/pdf;base64,${pdf}` } },
  { type: "video_url", video_url: { url: `data:video/mp4;base64,${mp4}` } },
];

const blocks = [
  { text: "What’s in these? 日本" },
  { image: { format: "png", source: { bytes: png } } },
  { document: { format: "pdf", name: "report", source: { bytes: pdf } } },
  { video: { format: "mp4", source: { bytes: mp4 } } },
];

const question = { model: NOVA, messages: [{ role: "user", content: parts }] };
const WHERE = "/chat/completions";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());
afterEach(() => expect(house.logged.join("\n")).not.toContain("attachment-"));

const sent = (): { messages: { content: Record<string, unknown>[] }[] } =>
  house.bedrock.requests.at(-1)!.body as never;

const contentOf = async (response: Response): Promise<string> => {
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return choices[0]!.message.content;
};

describe.each(Object.keys(DOORS))("large files through %s", (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await DOORS[name]!(house.withOptions({}));
  });
  afterAll(() => door.close());

  const ask = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
    door.fetch(door.baseURL + WHERE, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  it("arrive byte for byte, and the answer names them", async () => {
    const answer = await contentOf(await ask(question));
    expect(sent().messages[0]!.content).toEqual(blocks);
    expect(answer).toContain("PNG image, 1024×768 pixels");
    expect(answer).toContain('the document "report" (PDF, 2000000 bytes)');
    expect(answer).toContain("a video (mp4, 5000003 bytes)");
  });

  it("arrive for an answer that is streamed, too", async () => {
    const text = await (await ask({ ...question, stream: true })).text();
    expect(text).toMatch(/\[DONE\]\n\n$/);
    expect(text).not.toContain("attachment-");
    expect(sent().messages[0]!.content).toEqual(blocks);
  });

  it("are shown whole where the caller asks what would be sent", async () => {
    const before = house.bedrock.requests.length;
    const { request } = (await (await ask(question, { "x-bedrock-explain": "1" })).json()) as {
      request: { body: ReturnType<typeof sent> };
    };
    expect(request.body.messages[0]!.content).toEqual(blocks);
    expect(house.bedrock.requests).toHaveLength(before);
  });
});

describe("a large file", () => {
  const small = png.slice(0, 60_000);
  const url = `data:image/png;base64,${small}`;
  const send = (body: object): Promise<Response> => house.handler(chatRequest({ model: CLAUDE, ...body }));
  const image = { image: { format: "png", source: { bytes: small } } };
  const user = (...content: object[]) => ({ messages: [{ role: "user", content }] });
  const text = { type: "text", text: "Look." };
  const call = { id: "a", type: "function", function: { name: "shoot", arguments: JSON.stringify({ url }) } };

  it.each<[string, object]>([
    ["a data URL", { type: "image_url", image_url: { url } }],
    ["a data URL without an object", { type: "image_url", image_url: url }],
    ["bare base64", { type: "image_url", image_url: { url: small } }],
    [
      "with its mark in upper case",
      { type: "image_url", image_url: { url: `DATA:image/png;BASE64,${small}` } },
    ],
    ["as a file", { type: "file", file: { file_data: url } }],
    ["as a file's id", { type: "file", file: { file_id: url } }],
    [
      "in Anthropic's words",
      { type: "image", source: { type: "base64", media_type: "image/png", data: small } },
    ],
    ["as Anthropic's URL", { type: "image", source: { type: "url", url } }],
    ["with lines of 76", { type: "image_url", image_url: { url: url.replaceAll(/.{76}/g, "$&\r\n") } }],
  ])("arrives as %s", async (_, part) => {
    expect((await send(user(text, part))).status).toBe(200);
    expect(sent().messages[0]!.content[1]).toEqual(image);
  });

  it("arrives in a tool's result, and stays text where it is text, argument or system prompt", async () => {
    const messages = [
      { role: "system", content: url },
      { role: "user", content: url },
      { role: "assistant", content: small, tool_calls: [call, { ...call, id: "b" }] },
      { role: "tool", tool_call_id: "a", content: [{ type: "image_url", image_url: { url } }] },
      { role: "tool", tool_call_id: "b", content: small },
    ];
    const tools = [{ type: "function", function: { name: "shoot", parameters: { default: { url } } } }];
    expect((await send({ messages, tools })).status).toBe(200);
    const [asked, called, results] = sent().messages;
    expect(sent()).toMatchObject({ system: [{ text: url }] });
    expect(asked!.content).toEqual([{ text: url }]);
    expect(called!.content[0]).toEqual({ text: small });
    expect(called!.content[1]).toMatchObject({ toolUse: { input: { url } } });
    expect(results!.content).toMatchObject([
      { toolResult: { content: [image] } },
      { toolResult: { content: [{ text: small }] } },
    ]);
    expect(JSON.stringify(sent())).not.toContain("attachment-");
  });

  it("is read as text in a document of text", async () => {
    const source = { type: "text", media_type: "text/plain", data: small };
    expect((await send(user(text, { type: "document", source, title: "a" }))).status).toBe(200);
    const bytes = Buffer.from(small).toString("base64");
    expect(sent().messages[0]!.content[1]).toMatchObject({ document: { source: { bytes } } });
  });

  it("is clamped as ever in metadata", async () => {
    expect((await send({ ...user(text), metadata: { url } })).status).toBe(200);
    expect(sent()).toMatchObject({ requestMetadata: { url: url.slice(0, 256).replaceAll(";", "_") } });
  });

  it.each<[string, object]>([
    [
      "of no known kind",
      user({ type: "image_url", image_url: { url: `data:image/png;base64,${"QUJD".repeat(20_000)}` } }),
    ],
    ["of a type that is none", user({ type: url, image_url: { url } })],
    ["in the place of a model", { ...user(text), model: url }],
    ["in the place of a role", { messages: [{ role: url, content: "x" }] }],
    ["in the place of an object", { messages: [url] }],
    ["for an id that nobody called", { messages: [{ role: "tool", tool_call_id: small, content: [] }] }],
  ])("that is refused is quoted by its head at most: %s", async (_, body) => {
    const response = await send(body);
    expect([response.status >= 400, await response.text()]).toEqual([
      true,
      expect.not.stringContaining("attachment-"),
    ]);
    expect(JSON.stringify([...response.headers])).not.toContain("attachment-");
  });

  it("in a body that is cut short is a 400 that says so", async () => {
    const body = `{"model":"${CLAUDE}","messages":[{"role":"user","content":[{"type":"image_url","image_url":"${url}"}]}`;
    const headers = { "content-type": "application/json" };
    const response = await house.handler(
      new Request(`http://x/v1${WHERE}`, { method: "POST", headers, body }),
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("could not parse the JSON body");
  });
});
