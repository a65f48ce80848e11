import { describe, expect, it } from "vitest";
import { readText, readWhole } from "../../../../src/bedrock/courier/read-text.ts";

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const answer = (body: AsyncIterable<Uint8Array>, headers = {}) => ({ headers, body, output: undefined });

const CAN_FREE = "transfer" in ArrayBuffer.prototype;

describe("a whole answer", () => {
  it.each([
    ["one piece", ["whole"]],
    ["many pieces", ["w", "ho", "le"]],
  ])("is the same in %s", async (_, texts) => {
    await expect(readText(pieces(...texts))).resolves.toBe("whole");
    const { bytes } = await readWhole(answer(pieces(...texts), { "content-length": "5" }));
    expect(Buffer.from(bytes).toString()).toBe("whole");
  });

  it("gives back the memory that it was put together in, and nobody else's", async () => {
    const first = Buffer.from("first ");
    const put = await readWhole(
      answer(
        (async function* () {
          yield first;
          yield Buffer.from("second");
        })(),
      ),
    );
    put.release();
    expect(put.bytes.byteLength).toBe(CAN_FREE ? 0 : 12);
    expect(first.toString()).toBe("first ");
  });

  it("that came in one piece is the socket's memory, or a test double's: it is left alone", async () => {
    const piece = Buffer.from("whole");
    const alone = await readWhole(
      answer(
        (async function* () {
          yield piece;
        })(),
      ),
    );
    alone.release();
    const doubled = await readWhole({ headers: {}, body: pieces(), output: { body: piece } });
    doubled.release();
    expect(piece.toString()).toBe("whole");
  });
});
