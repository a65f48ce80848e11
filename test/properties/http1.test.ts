import * as fc from "fast-check";
import { textOf } from "../support/network/text-of.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAskByNode } from "../../src/bedrock/transport/by-node/ask-by-node.ts";
import { createAskDirectly } from "../../src/bedrock/transport/http1/ask-directly.ts";
import { split } from "../support/arbitraries.ts";
import { anyDamagedAnswer, anyHttpAnswer, type Drawn } from "../support/network/http-answers.ts";
import { readPieces } from "../support/network/read-answer.ts";
import { openReciter, type Reciter } from "../support/network/reciter.ts";
import { withoutUnread } from "../support/network/unread.ts";

const withSplit = (from: fc.Arbitrary<Drawn>): fc.Arbitrary<[Drawn, Uint8Array[]]> =>
  from.chain((drawn) => fc.tuple(fc.constant(drawn), split(drawn.bytes)));

describe("an answer, whatever the network makes of it", () => {
  it("has the same head and the same body for each split of its bytes", () => {
    fc.assert(
      fc.property(withSplit(anyHttpAnswer), ([{ method, bytes }, pieces]) => {
        const whole = readPieces([bytes], method);
        expect(whole).toMatchObject({ statusCode: expect.any(Number), hasMore: false });
        expect(readPieces(pieces, method)).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is refused for each split of its bytes where it is for one", () => {
    const outcome = (pieces: readonly Uint8Array[], method: string): unknown => {
      try {
        return readPieces(pieces, method);
      } catch (thrown) {
        return (thrown as NodeJS.ErrnoException).code;
      }
    };
    fc.assert(
      fc.property(withSplit(anyDamagedAnswer), ([{ method, bytes }, pieces]) => {
        expect(outcome(pieces, method)).toEqual(outcome([bytes], method));
      }),
      { numRuns: 2_000 },
    );
  });
});

const BOUNDS = { connect: 5_000, idle: 5_000 };
let reciter: Reciter;
beforeAll(async () => {
  reciter = await openReciter();
});
afterAll(() => reciter.close());

interface Response {
  statusCode: number;
  reason?: string | undefined;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

interface Heard extends Omit<Response, "body"> {
  body: string;
}

/** What is heard of an answer; undefined where that fails at its head or later. */
async function heard(
  way: "ours" | "Node's",
  { method }: Drawn,
  pieces: Uint8Array[],
): Promise<Heard | undefined> {
  const asked = {
    method,
    protocol: "http:",
    hostname: "127.0.0.1",
    port: reciter.port,
    path: "/",
    headers: { host: "x" },
  };
  reciter.recite(pieces);
  const ask = way === "ours" ? createAskDirectly(BOUNDS) : createAskByNode(BOUNDS);
  try {
    const { response } = (await ask(asked, undefined, {})) as { response: Response };
    const body = await textOf(response.body, "latin1");
    const { statusCode, reason, headers } = response;
    return { statusCode, reason, headers, body };
  } catch {
    return undefined;
  }
}

describe("beside Node's own client, over a socket", () => {
  it("a right answer is the same", async () => {
    await fc.assert(
      fc.asyncProperty(withSplit(anyHttpAnswer), async ([drawn, pieces]) => {
        const nodes = await heard("Node's", drawn, pieces);
        expect(nodes).toBeDefined();
        expect(await heard("ours", drawn, pieces)).toEqual(nodes);
      }),
      { numRuns: 500 },
    );
  });

  it("a wrong one is refused by both, or is the same to both but for what nobody reads of it", async () => {
    await fc.assert(
      fc.asyncProperty(withSplit(anyDamagedAnswer), async ([drawn, pieces]) => {
        const text = Buffer.from(drawn.bytes).toString("latin1");
        if (PARTED.some((pattern) => pattern.test(text))) return;
        const ours = await heard("ours", drawn, pieces);
        const nodes = await heard("Node's", drawn, pieces);
        if (ours && !nodes) {
          const bare = withoutUnread(drawn);
          expect(withoutLength(ours)).toEqual(withoutLength(await heard("Node's", bare, [bare.bytes])));
        } else expect(ours).toEqual(nodes);
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Where Node's parser is not RFC 9112's, and ours is. */
const PARTED: readonly RegExp[] = [
  // It passes over ends of lines before a status line.
  /(?:^|\r\n\r\n)[\r\n]/,
  // It takes versions that there are not, and one for the end of the connection where that is still to answer.
  /(?:^|\r\n\r\n)HTTP\/(?!1\.1)/,
  // It takes a status below 100.
  /(?:^|\r\n\r\n)HTTP\/1\.1 0/,
  // It takes another protocol that nobody has asked for, for an answer.
  /(?:^|\r\n\r\n)HTTP\/1\.1 101/,
  // It takes a tab behind a coding for a part of its name, and reads the chunks as they are written.
  /transfer-encoding:[ \t]*chunked[ \t]*\t/i,
];

const withoutLength = (heard: Heard | undefined): Heard | undefined => {
  if (!heard) return undefined;
  const { "content-length": _, ...headers } = heard.headers;
  return { ...heard, headers };
};
