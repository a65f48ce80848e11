import { expect } from "vitest";
import { eventually } from "../../support/bedrock.ts";
import { type Checks, post } from "./visit.ts";

const SILENT = { content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } } as const;
const SLOW = { content: [{ text: "word ".repeat(2_000) }], delayMs: 5 };

/** What each of them needs beside a model and messages. */
const WIRES: readonly [path: string, body: object][] = [
  ["/chat/completions", {}],
  ["/responses", { messages: undefined, input: "Hi" }],
  ["/messages", { max_tokens: 100 }],
];

async function restOf(reader: ReadableStreamDefaultReader): Promise<void> {
  for (let isOver = false; !isOver;) isOver = (await reader.read()).done;
}

export const LEAVING: Checks = {
  "stops the model for who leaves before the answer, whole and streamed": async ({ house, open }) => {
    const { baseURL, fetch } = await open();
    for (const [index, stream] of [false, true].entries()) {
      house.bedrock.enqueue(SILENT);
      const controller = new AbortController();
      const asking = fetch(`${baseURL}/chat/completions`, post({ stream }, { signal: controller.signal }));
      const failure = asking.catch((error: unknown) => error);
      await eventually(() => house.bedrock.requests.length === index + 1);
      controller.abort();
      expect(await failure).toMatchObject({ name: "AbortError" });
      await house.bedrock.requests[index]!.closed;
      expect(house.bedrock.requests[index]!.aborted).toBe(true);
    }
    expect(house.logged).toEqual([]);
  },

  "stops the model for who leaves in the middle of the answer, on every wire": async ({ house, open }) => {
    const { baseURL, fetch } = await open();
    for (const [index, [path, body]] of WIRES.entries()) {
      house.bedrock.enqueue(SLOW);
      const controller = new AbortController();
      const request = post({ ...body, stream: true }, { signal: controller.signal });
      const response = await fetch(`${baseURL}${path}`, request);
      const reader = response.body!.getReader();
      await reader.read();
      controller.abort();
      await restOf(reader).catch(() => undefined);
      await house.bedrock.requests[index]!.closed;
      expect([path, house.bedrock.requests[index]!.aborted]).toEqual([path, true]);
    }
    expect(house.logged).toEqual([]);
  },

  "calls nobody for who leaves while sending": async ({ house, open }) => {
    const { baseURL, fetch } = await open();
    const controller = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (pieces) => pieces.enqueue(new TextEncoder().encode('{"model": "')),
    });
    const asking = fetch(`${baseURL}/chat/completions`, {
      ...post({}, { signal: controller.signal }),
      body,
      duplex: "half",
    } as RequestInit);
    const failure = asking.catch((error: unknown) => error);
    setTimeout(() => controller.abort(), 50);
    expect(await failure).toMatchObject({ name: "AbortError" });
    expect((await fetch(`${baseURL}/health`)).status).toBe(200);
    expect(house.bedrock.requests).toEqual([]);
    expect(house.logged).toEqual([]);
  },

  "slows Bedrock down for a reader who does not read, and stops it when they leave": async ({
    house,
    open,
  }) => {
    house.bedrock.enqueue({ content: [{ text: "a long word and another ".repeat(200_000) }] });
    const { baseURL, fetch } = await open();
    const response = await fetch(`${baseURL}/chat/completions`, post({ stream: true }));
    const reader = response.body!.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(house.bedrock.openRequests).toBe(1);
    await reader.cancel();
    await house.bedrock.requests[0]!.closed;
    expect(house.bedrock.requests[0]!.aborted).toBe(true);
  },
};

/** The same where nobody tells the door that its caller left: the model speaks to the end, and no failure is logged. */
export const DEAF: Checks = {
  "goes on for who left, and fails nobody": async ({ house, open }) => {
    house.bedrock.enqueue({ content: [{ text: "word ".repeat(50) }], delayMs: 5 });
    const { baseURL, fetch } = await open();
    const response = await fetch(`${baseURL}/chat/completions`, post({ stream: true }));
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await house.bedrock.requests[0]!.closed;
    expect(house.bedrock.requests[0]!.aborted).toBe(false);
    expect((await fetch(`${baseURL}/health`)).status).toBe(200);
    expect(house.logged).toEqual([]);
  },
};
