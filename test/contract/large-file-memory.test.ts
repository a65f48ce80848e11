import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../integrations/openai.ts";
import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";

/** As a text it is read into memory of ours, which is given back when the call is over. */
const png = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d4948445200000400000003000802000000", "hex"),
  Buffer.alloc(3_000_000, 7),
]);
const url = `data:image/png;base64,${png.toString("base64")}`;
const messages = [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
const block = { image: { format: "png", source: { bytes: png.toString("base64") } } };

const WHERE = "http://bedrock/v1/chat/completions";
const post = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ model: CLAUDE, messages, ...body }),
});

describe("the memory of a large file", () => {
  let house: House;
  let fetch: typeof globalThis.fetch;
  beforeAll(async () => {
    house = await openHouse();
    fetch = createBedrockFetch(house.handler);
  });
  afterAll(() => house.bedrock.close());

  it.each([false, true])("lasts as long as there are choices that send it (stream: %s)", async (stream) => {
    const before = house.bedrock.requests.length;
    const response = await fetch(WHERE, post({ n: 3, stream }));
    expect(response.status).toBe(200);
    await response.text();
    const sent = house.bedrock.requests.slice(before);
    expect(sent).toHaveLength(3);
    for (const { body } of sent) expect(body).toMatchObject({ messages: [{ content: [block] }] });
  });

  it.each([false, true])("lasts until the call is kept (stream: %s)", async (stream) => {
    const response = await fetch(WHERE, post({ store: true, stream }));
    const [, id] = /"id":"(chatcmpl-[^"]+)"/.exec(await response.text())!;
    const kept = await (await fetch(`${WHERE}/${id}/messages`)).text();
    expect(kept).toContain(url);
  });
});

const ANSWER = JSON.stringify({
  output: { message: { role: "assistant", content: [{ text: "Seen." }] } },
  stopReason: "end_turn",
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
});

/** Answers as soon as it is asked, and reads what it was asked some time later. */
async function answerEarly(socket: Socket): Promise<string> {
  socket.on("error", () => undefined);
  let asked = "";
  let isAnswered = false;
  for await (const piece of socket) {
    asked += (piece as Buffer).toString("latin1");
    const [head = "", body = ""] = asked.split("\r\n\r\n");
    if (!isAnswered) {
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${ANSWER.length}\r\n\r\n${ANSWER}`,
      );
      isAnswered = true;
      await sleep(300);
    }
    if (body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1])) return body;
  }
  throw new Error("It was never sent whole.");
}

/** What calls a server of our own in AWS's place. */
async function handlerAt(server: Server, options: BedrockOpenAIOptions = {}): Promise<BedrockOpenAIHandler> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return createBedrockOpenAIHandler({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
    ...options,
  });
}

it("an answer that comes before its request is sent leaves the request as it is", async () => {
  const asked: Promise<string>[] = [];
  const server = createServer((socket) => asked.push(answerEarly(socket)));
  const fetch = createBedrockFetch(await handlerAt(server));
  const rounds = Array.from({ length: 3 }, () => fetch(WHERE, post({})));
  for (const { status } of await Promise.all(rounds)) expect(status).toBe(200);
  for (const body of await Promise.all(asked))
    expect(JSON.parse(body)).toMatchObject({ messages: [{ content: [block] }] });
  expect(asked).toHaveLength(3);
  server.close();
});

it("a stream that breaks off before its first word is asked for again with its file, however late", async () => {
  const sizes: number[] = [];
  const server = createHttpServer(async (request, response) => {
    let size = 0;
    for await (const piece of request) size += (piece as Buffer).byteLength;
    sizes.push(size);
    response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" }).flushHeaders();
    // Longer than a first event keeps the status line waiting.
    await sleep(sizes.length === 1 ? 5_500 : 10);
    response.destroy();
  });
  const handler = await handlerAt(server, { retries: 1 });
  await (await createBedrockFetch(handler)(WHERE, post({ stream: true }))).text();
  expect(sizes).toHaveLength(2);
  expect(sizes[1]).toBe(sizes[0]);
  server.close();
});
