import type { Socket } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { eventually } from "../../support/bedrock.ts";
import type { Act } from "../../support/raw-server.ts";
import { partly } from "./acts/frames.ts";
import { after, headers, nothing, silence, some } from "./acts/say.ts";
import { type Aws, openAws, requestFor } from "./aws.ts";
import { endOf } from "./end-of.ts";
import type { End, Way } from "./fault.ts";
import { nothingLeft } from "./nothing-left.ts";
import { rawRequest, throughSocket } from "./through-socket.ts";

/** Callers who are gone: AWS is left at once, at whatever stage it was. */

interface Stage {
  name: string;
  ways: readonly Way[];
  /** Where AWS stands still. */
  act: Act;
  /** What has reached the caller by then. */
  heard: string;
}

const WHOLE: readonly Way[] = ["whole", "embeddings"];
const ALL: readonly Way[] = [...WHOLE, "stream"];
/** Behind `messageStop`, ahead of the metadata. */
const SPOKEN = 6;
const spoken: Act = async (line) => {
  await partly(SPOKEN)({ ...line, socket: withoutEnd(line.socket) });
  return false;
};

const STAGES: readonly Stage[] = [
  { name: "before AWS's headers", ways: ALL, act: after(nothing, silence), heard: "" },
  {
    name: "behind AWS's headers, before the first event",
    ways: ALL,
    act: after(headers, silence),
    heard: "",
  },
  { name: "in the midst of a whole answer", ways: WHOLE, act: after(some, silence), heard: "" },
  { name: "in the midst of a stream", ways: ["stream"], act: after(some, silence), heard: "two " },
  { name: "after the last token, before the metadata", ways: ["stream"], act: spoken, heard: '"stop"' },
];

/** What it takes that AWS's stream is not over. */
const withoutEnd = (socket: Socket): Socket =>
  Object.assign(Object.create(socket) as Socket, {
    write: (bytes: Uint8Array | string) => bytes === "0\r\n\r\n" || socket.write(bytes),
  });

const CASES = STAGES.flatMap(({ ways, ...stage }) => ways.map((way) => ({ ...stage, way })));

let aws: Aws;
let handler: BedrockOpenAIHandler;
beforeAll(async () => {
  const { server, withOptions } = await openAws();
  await endOf(await withOptions({})(requestFor("whole")));
  await server.close();
});
beforeEach(async () => {
  aws = await openAws();
  handler = aws.withOptions({});
});
afterEach(() => aws.server.close());

interface Left {
  /** That AWS has heard of. */
  requests: number;
  /** Nobody calls it a failure. */
  logged: string[];
  /** Of a call behind it. */
  next: End;
}

const LEFT: Left = { requests: 1, logged: [], next: "the answer" };

/** Leaves, and waits until nothing is left of it. */
const leaving = (leave: () => Promise<unknown>): Promise<Left> =>
  nothingLeft(async () => {
    await leave();
    await eventually(() => aws.server.busy === 0);
    const { requests } = aws.server;
    const next = await endOf(await handler(requestFor("whole")));
    await aws.server.close();
    return { requests, logged: aws.logged, next };
  });

async function readTo(reader: ReadableStreamDefaultReader<Uint8Array>, heard: string): Promise<void> {
  for (let text = ""; !text.includes(heard);) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream is over: ${text}`);
    text += new TextDecoder().decode(value);
  }
}

describe.each(CASES)("a caller ($way) who leaves $name", ({ way, act, heard }) => {
  it("by the signal stops AWS's request", async () => {
    aws.server.next(act);
    const leave = async (): Promise<void> => {
      const controller = new AbortController();
      const answering = handler(requestFor(way, { signal: controller.signal }));
      if (heard === "") await eventually(() => aws.server.requests === 1);
      else await readTo((await answering).body!.getReader(), heard);
      controller.abort();
      await answering;
    };
    expect(await leaving(leave)).toEqual(LEFT);
  });

  it("by closing the socket stops AWS's request", async () => {
    aws.server.next(act);
    const leave = (): Promise<void> =>
      throughSocket(handler, async (socket) => {
        socket.write(await rawRequest(way));
        await heardOn(socket, heard, () => aws.server.requests === 1);
        socket.destroy();
        await eventually(() => aws.server.busy === 0);
      });
    expect(await leaving(leave)).toEqual(LEFT);
  });
});

describe("a reader who cancels", () => {
  it.each(CASES.filter(({ heard }) => heard !== ""))(
    "$name stops AWS's request",
    async ({ act, way, heard }) => {
      aws.server.next(act);
      const leave = async (): Promise<void> => {
        const reader = (await handler(requestFor(way))).body!.getReader();
        await readTo(reader, heard);
        await reader.cancel();
      };
      expect(await leaving(leave)).toEqual(LEFT);
    },
  );
});

describe("a caller who leaves during the upload", () => {
  it.each(ALL)("asks nothing of AWS (%s)", async (way) => {
    const leave = (): Promise<void> =>
      throughSocket(handler, async (socket, seen) => {
        socket.write((await rawRequest(way)).slice(0, -10));
        await eventually(() => seen.requests === 1);
        socket.destroy();
      });
    expect(await leaving(leave)).toEqual({ ...LEFT, requests: 0 });
  });
});

async function heardOn(socket: Socket, heard: string, orElse: () => boolean): Promise<void> {
  let text = "";
  socket.on("data", (bytes: Buffer) => (text += bytes.toString("utf8")));
  await eventually(() => (heard === "" ? orElse() : text.includes(heard)));
}
