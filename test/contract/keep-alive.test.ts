import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { toNodeMiddleware } from "../../adapters/_node.ts";
import { toEventStream } from "../../src/http/sse.ts";

/** A model that thinks, between a caller and a server that are both impatient. All of it is shorter than in life. */

const THINKS_MS = 3_000;
const NEVER_MS = 2 ** 30;

/** Node's fetch gives up after five minutes without a byte; this is one that does so at once. */
async function impatience(): Promise<RequestInit> {
  // Node makes it with its first request, and gives it no name of its own.
  await fetch("data:,");
  const standard = (globalThis as unknown as Record<symbol, object>)[
    Symbol.for("undici.globalDispatcher.1")
  ]!;
  const Agent = standard.constructor as new (options: { bodyTimeout: number }) => object;
  return { dispatcher: new Agent({ bodyTimeout: 600 }) } as RequestInit;
}

const chunk = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "m",
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })}\n\n`;

async function* thoughtful(): AsyncGenerator<string, void, undefined> {
  yield chunk("I think");
  await sleep(THINKS_MS);
  yield chunk(", therefore I am", "stop");
  yield "data: [DONE]\n\n";
}

/** Bounds on what arrives; an answer is none of it. */
const IMPATIENT = {
  requestTimeout: 400,
  headersTimeout: 300,
  keepAliveTimeout: 200,
  connectionsCheckingInterval: 100,
};

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function served(pingEvery: number): Promise<string> {
  const stream = () => toEventStream(thoughtful(), () => undefined, pingEvery);
  const headers = { "content-type": "text/event-stream" };
  server = createServer(
    IMPATIENT,
    toNodeMiddleware(async () => new Response(stream(), { headers })),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

describe("a model that thinks for longer than its caller waits for a byte", () => {
  it("is heard to the end by Node's fetch", async () => {
    const url = await served(100);
    const text = await (await fetch(url, await impatience())).text();
    expect(text.match(/: keep-alive\n\n/g)!.length).toBeGreaterThan(3);
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("is heard to the end by the openai client, which sees no comment", async () => {
    const baseURL = await served(100);
    const fetchOptions = (await impatience()) as NonNullable<
      ConstructorParameters<typeof OpenAI>[0]
    >["fetchOptions"];
    const client = new OpenAI({ apiKey: "x", baseURL, maxRetries: 0, fetchOptions });
    const stream = await client.chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: "Well?" }],
      stream: true,
    });
    let said = "";
    for await (const { choices } of stream) said += choices[0]?.delta.content ?? "";
    expect(said).toBe("I think, therefore I am");
  });

  it("would be given up without the comments, which is how this test knows", async () => {
    const url = await served(NEVER_MS);
    const response = await fetch(url, await impatience());
    await expect(response.text()).rejects.toMatchObject({ cause: { code: "UND_ERR_BODY_TIMEOUT" } });
  });
});
