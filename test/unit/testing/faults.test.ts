import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../src/testing/index.ts";
import { runtimeClient } from "./clients.ts";
import { CLAUDE_4_5, emulator, hello, post } from "./support.ts";

const content = [{ text: "one two three" }];
const input = { modelId: CLAUDE_4_5, messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };
const toUtf8 = (input: Uint8Array | string) => Buffer.from(input).toString();
const fromUtf8 = (text: string) => Buffer.from(text);
const codec = new EventStreamCodec(toUtf8, fromUtf8);

async function streamWith(fault: Fault) {
  const bedrock = await emulator();
  bedrock.enqueue({ content, fault });
  const { stream } = await runtimeClient(bedrock).send(new ConverseStreamCommand(input));
  const seen: string[] = [];
  try {
    for await (const event of stream ?? []) seen.push(Object.keys(event)[0] ?? "");
    return { seen, error: undefined };
  } catch (error) {
    return { seen, error: error as Error };
  }
}

/** The whole frames of a body, and what is left behind them. */
function split(body: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let rest = body;
  while (rest.length >= 4 && rest.readUInt32BE(0) <= rest.length) {
    const length = rest.readUInt32BE(0);
    frames.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return { frames, rest };
}

async function rawStreamWith(fault: Fault) {
  const bedrock = await emulator();
  bedrock.enqueue({ content, fault });
  const response = await fetch(
    `${bedrock.url}/model/x.y/converse-stream`.replace("x.y", CLAUDE_4_5.replace(":", "%3A")),
    {
      method: "POST",
      headers: { authorization: "Bearer k" },
      body: JSON.stringify(hello),
    },
  );
  return split(Buffer.from(await response.arrayBuffer()));
}

describe("faults inside a stream", () => {
  it("throws a modelled exception after exactly the events asked for", async () => {
    const { seen, error } = await streamWith({
      kind: "exception",
      afterEvents: 2,
      type: "modelStreamErrorException",
      message: "broke",
      originalStatusCode: 500,
    });
    expect(seen).toEqual(["messageStart", "contentBlockDelta"]);
    expect(error).toMatchObject({
      name: "ModelStreamErrorException",
      message: "broke",
      originalStatusCode: 500,
    });
  });

  it("throws an unmodelled error", async () => {
    const { seen, error } = await streamWith({
      kind: "error-frame",
      afterEvents: 1,
      code: "Oops",
      message: "why",
    });
    expect(seen).toEqual(["messageStart"]);
    expect(error).toMatchObject({ name: "Oops", message: "why" });
  });

  it("ends cleanly between frames, as if all had been said", async () => {
    expect(await streamWith({ kind: "end", afterEvents: 3 })).toEqual({
      seen: ["messageStart", "contentBlockDelta", "contentBlockDelta"],
      error: undefined,
    });
  });

  it("stops inside a frame while the body ends cleanly", async () => {
    const { frames, rest } = await rawStreamWith({ kind: "truncate", afterEvents: 2 });
    expect(frames).toHaveLength(2);
    expect(rest.length).toBeGreaterThan(0);
  });

  it.each(["bad-crc", "bad-prelude"] as const)(
    "sends a frame with a %s that AWS's codec refuses",
    async (kind) => {
      const { frames } = await rawStreamWith({ kind, afterEvents: 1 });
      expect(() => codec.decode(frames[0] ?? Buffer.alloc(0))).not.toThrow();
      expect(() => codec.decode(frames[1] ?? Buffer.alloc(0))).toThrow(/checksum/);
    },
  );

  it("announces 100 MiB that never come", async () => {
    const { frames, rest } = await rawStreamWith({ kind: "oversize", afterEvents: 1 });
    expect(frames).toHaveLength(1);
    expect(rest.readUInt32BE(0)).toBe(100 * 1024 * 1024);
  });

  it.each([0, 2])(
    "destroys the socket after %d events, and does not count it as the client's doing",
    async (afterEvents) => {
      const bedrock = await emulator();
      bedrock.enqueue({ content, fault: { kind: "reset", afterEvents } });
      const response = await fetch(`${bedrock.url}/model/${encodeURIComponent(CLAUDE_4_5)}/converse-stream`, {
        method: "POST",
        headers: { authorization: "Bearer k" },
        body: JSON.stringify(hello),
      });
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow();
      await bedrock.requests[0]?.closed;
      expect(bedrock.requests[0]?.aborted).toBe(false);
    },
  );

  it("destroys the socket before the headers", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ fault: { kind: "reset", afterEvents: -1 } });
    await expect(post(bedrock, hello)).rejects.toThrow("fetch failed");
    expect(bedrock.requests[0]?.status).toBeUndefined();
  });
});

describe("stalls", () => {
  it.each([
    ["before the headers", -1],
    ["after the headers", 0],
    ["after an event", 1],
  ])("%s last until the client leaves, and are recorded as its leaving", async (_, afterEvents) => {
    const bedrock = await emulator();
    bedrock.enqueue({ content, fault: { kind: "stall", afterEvents } });
    const controller = new AbortController();
    const call = runtimeClient(bedrock)
      .send(new ConverseStreamCommand(input), { abortSignal: controller.signal })
      .then(async ({ stream }) => {
        for await (const _event of stream ?? []);
      });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(bedrock.openRequests).toBe(1);
    controller.abort();
    await expect(call).rejects.toThrow();
    await bedrock.requests[0]?.closed;
    expect(bedrock.requests[0]).toMatchObject({ aborted: true });
    expect(bedrock.openRequests).toBe(0);
  });

  it("do not keep the emulator from closing", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ fault: { kind: "stall", afterEvents: -1 } });
    const call = post(bedrock, hello).catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await bedrock.close();
    expect(await call).toBeInstanceOf(Error);
    expect(bedrock.requests[0]?.aborted).toBe(false);
  });
});

describe("faults of a plain Converse", () => {
  it("turn an exception into the HTTP error of that name", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({
      fault: { kind: "exception", afterEvents: 0, type: "throttlingException", message: "slow" },
    });
    const answer = await post(bedrock, hello);
    expect([answer.status, answer.headers.get("x-amzn-errortype")?.split(":")[0]]).toEqual([
      429,
      "ThrottlingException",
    ]);
  });

  it("cut the JSON in half", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ fault: { kind: "truncate", afterEvents: 0 } });
    const { status, json } = await post(bedrock, hello);
    expect(status).toBe(200);
    expect(json).toThrow(SyntaxError);
  });
});
