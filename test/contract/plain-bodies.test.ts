import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { toNodeMiddleware } from "../../adapters/_node.ts";
import { EventFlow } from "../../src/http/event-flow.ts";
import { takePlainBody } from "../../src/http/plain-bodies.ts";
import { eventStreamResponse } from "../../src/http/sse.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { eventually, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const asked = { model: NOVA, messages: [{ role: "user", content: "Hi" }] };

/** Without this doors would still work, and only be slow. */
describe("what the handler answers reaches a Node door as the text that it is", () => {
  it("of a whole answer", async () => {
    const answer = await house.handler(chatRequest(asked));
    expect(JSON.parse(takePlainBody(answer) as string)).toHaveProperty("choices");
  });

  it("of a stream", async () => {
    const flow = takePlainBody(await house.handler(chatRequest({ ...asked, stream: true })));
    expect(flow).toBeInstanceOf(EventFlow);
    (flow as EventFlow).leave();
  });
});

let server: Server | undefined;
beforeEach(() => {
  server = undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
  server?.closeAllConnections();
  server?.close();
});

async function served(handler: BedrockOpenAIHandler): Promise<number> {
  server = createServer(toNodeMiddleware(handler));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const post = (port: number, stream = false): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...asked, stream }),
  });

describe("a Node door", () => {
  it("opens no Web stream, neither for what comes in nor for what goes out", async () => {
    const port = await served(async (request, context) => {
      const used = vi.spyOn(request, "body", "get");
      const answer = await house.handler(request, context);
      expect(used).not.toHaveBeenCalled();
      vi.spyOn(answer.body!, "getReader").mockImplementation(() => {
        throw new Error("The answer was read as a stream.");
      });
      return answer;
    });
    expect(await (await post(port)).json()).toHaveProperty("choices");
    expect((await (await post(port, true)).text()).endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("tells the length of a whole answer", async () => {
    const answer = await post(await served(house.handler));
    const { length } = new Uint8Array(await answer.clone().arrayBuffer());
    expect(answer.headers.get("content-length")).toBe(String(length));
  });

  it("sends what was said before a failure, and then breaks the answer off", async () => {
    async function* failing(): AsyncGenerator<string, void, undefined> {
      yield "data: 1\n\n";
      throw new Error("boom");
    }
    const port = await served(async () => eventStreamResponse(failing(), () => undefined));
    const reader = (await post(port)).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("data: 1\n\n");
    await expect(reader.read()).rejects.toThrow(TypeError);
  });

  it("asks for no more than a slow reader takes, and stops when they leave", async () => {
    const frame = `data: ${"x".repeat(64 * 1024)}\n\n`;
    let pulled = 0;
    let isOver = false;
    async function* endless(): AsyncGenerator<string, void, undefined> {
      try {
        for (;;) {
          pulled += 1;
          yield frame;
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        isOver = true;
      }
    }
    const left = vi.fn<(reason: unknown) => void>();
    const port = await served(async () => eventStreamResponse(endless(), left));
    const socket = connect(port, "127.0.0.1").pause();
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
    // Once the sockets are full it stands still, long before it would have sent it all.
    await eventually(() => pulled > 1);
    let before = 0;
    while (before !== pulled) {
      before = pulled;
      await sleep(100);
    }
    expect(left).not.toHaveBeenCalled();
    socket.destroy();
    await eventually(() => isOver);
    expect(left).toHaveBeenCalledTimes(1);
  });

  it("leaves a model alone whose caller was gone before the answer began", async () => {
    const left = vi.fn<(reason: unknown) => void>();
    const port = await served(async ({ signal }) => {
      socket.destroy();
      await once(signal, "abort");
      return eventStreamResponse(
        (async function* () {
          for (;;) yield "data: x\n\n";
        })(),
        left,
      );
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
    await eventually(() => left.mock.calls.length === 1);
  });
});
