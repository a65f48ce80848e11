/** Bedrock's side: every stream goes as the request's own text says, at a pace of its own. `aws.ts [port]` */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeEventFrame, encodeStreamEvent } from "../../../src/testing/index.ts";
import { serveParent } from "../child.ts";
import { type Plan, THINKING_MS } from "./plan.ts";
import { createRandom } from "./random.ts";
import { pieceOf } from "./told.ts";
import { vectorOf } from "./vectors.ts";

export type AwsOrder = "start" | "facts" | "close idle";

export interface AwsFacts {
  /** Requests that are being answered. */
  open: number;
  sockets: number;
  requests: number;
}

const open = new Set<ServerResponse>();
let requests = 0;

/** What no request may wait for: the one who pulls it leaves. */
const never = (response: ServerResponse): Promise<unknown> => once(response, "close");

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  requests += 1;
  open.add(response);
  response.once("close", () => open.delete(response));
  const text = await bodyOf(request);
  const [, , model = "", action] = request.url?.split("/") ?? [];
  if (action === "invoke") return embed(decodeURIComponent(model), text, response);
  const { messages } = JSON.parse(text) as { messages: { content: { text: string }[] }[] };
  await stream(JSON.parse(messages[0]!.content[0]!.text) as Plan, response);
}

async function stream(plan: Plan, response: ServerResponse): Promise<void> {
  if (plan.ending === "refuse") return refuse(response);
  if (plan.ending === "think" && plan.at === 0) await sleep(THINKING_MS);
  response.writeHead(200, {
    "content-type": "application/vnd.amazon.eventstream",
    "x-amzn-requestid": crypto.randomUUID(),
  });
  response.write(encodeStreamEvent({ messageStart: { role: "assistant" } }));
  const random = createRandom(plan.id);
  const isEndless = plan.ending === "leave";
  const count = isEndless ? Infinity : plan.ending === "whole" ? plan.chunks : plan.at;
  for (let index = 0; index < count && !response.destroyed; index += 1) {
    const gap = isEndless ? Math.max(plan.gap, 5) : plan.gap;
    if (gap > 0) await sleep(random() * 2 * gap);
    if (!response.write(pieceFrame(plan, index)))
      await Promise.race([once(response, "drain"), never(response)]);
  }
  await FINISHES[plan.ending](response, plan);
}

const pieceFrame = (plan: Plan, index: number): Uint8Array =>
  encodeStreamEvent(
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: pieceOf(plan, index) } } },
    index,
  );

const FINISHES: Readonly<Record<Plan["ending"], (response: ServerResponse, plan: Plan) => unknown>> = {
  whole: complete,
  leave: never,
  refuse: () => undefined,
  reset: (response) => response.socket?.resetAndDestroy(),
  exception: (response) => response.end(EXCEPTION),
  truncate: (response, plan) => response.end(pieceFrame(plan, plan.at).subarray(0, 40)),
  corrupt: (response, plan) => response.end(spoilt(pieceFrame(plan, plan.at))),
  incomplete: (response) => response.end(),
  stall: never,
  async think(response, plan) {
    if (plan.at > 0) await sleep(THINKING_MS);
    for (let index = plan.at; index < plan.chunks; index += 1) response.write(pieceFrame(plan, index));
    complete(response, plan);
  },
};

function complete(response: ServerResponse, { chunks }: Plan): void {
  const usage = { inputTokens: 9, outputTokens: chunks, totalTokens: 9 + chunks };
  response.write(encodeStreamEvent({ contentBlockStop: { contentBlockIndex: 0 } }));
  response.write(encodeStreamEvent({ messageStop: { stopReason: "end_turn" } }));
  response.end(encodeStreamEvent({ metadata: { usage, metrics: { latencyMs: 1 } } }));
}

const EXCEPTION = encodeEventFrame(
  {
    ":exception-type": "modelStreamErrorException",
    ":content-type": "application/json",
    ":message-type": "exception",
  },
  JSON.stringify({ message: "The model fell over.", originalStatusCode: 500 }),
);

function spoilt(frame: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(frame);
  copy[copy.length - 1]! ^= 0xff;
  return copy;
}

function refuse(response: ServerResponse): void {
  response.writeHead(429, { "content-type": "application/json", "x-amzn-errortype": "ThrottlingException" });
  response.end('{"message":"Too many requests, please wait before trying again."}');
}

async function embed(model: string, body: string, response: ServerResponse): Promise<void> {
  const { inputText = "", texts } = JSON.parse(body) as { inputText?: string; texts?: string[] };
  const first = texts?.[0] ?? inputText;
  if (first.startsWith("refuse")) return refuse(response);
  if (first.startsWith("reset")) return void response.socket?.resetAndDestroy();
  if (first.startsWith("leave")) return void (await never(response));
  const answer = model.startsWith("amazon.")
    ? { embedding: vectorOf(inputText), inputTextTokenCount: 3 }
    : { id: "x", texts, embeddings: { float: texts?.map(vectorOf) }, response_type: "embeddings_by_type" };
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += String(piece);
  return text;
}

const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
  // A caller who leaves breaks what is written to him.
  response.on("error", () => undefined);
  answer(request, response).catch(() => response.destroy());
});

async function listen(): Promise<string> {
  server.listen(Number(process.argv[2] ?? 0), "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const sockets = (): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

serveParent<AwsOrder>(async (order): Promise<string | AwsFacts> => {
  if (order === "start") return listen();
  if (order === "close idle") server.closeIdleConnections();
  return { open: open.size, sockets: await sockets(), requests };
});
