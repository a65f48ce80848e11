import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { streamChat } from "../../../src/index.ts";
import { eventually } from "../../support/bedrock.ts";
import { floodOf, type Flood, PIECE } from "./acts/flood.ts";
import { type Aws, MODELS, openAws, requestFor } from "./aws.ts";
import { nothingLeft } from "./nothing-left.ts";
import { rawRequest, throughSocket } from "./through-socket.ts";

/** Whoever reads slowly slows AWS down: what nobody has read is held by the network, and not by us. */

const FLOOD_BYTES = 100 * 2 ** 20;

/** What the kernel takes on both sides of a connection, and a few pieces of ours. */
const HELD_BYTES = 24 * 2 ** 20;

let aws: Aws;
beforeEach(async () => {
  aws = await openAws();
});
afterEach(() => aws.server.close());

/** Waits until no more is taken. */
async function stalled(flood: Flood): Promise<void> {
  let before = -1;
  let quiet = 0;
  await eventually(() => {
    quiet = flood.sent === before && before > 0 ? quiet + 1 : 0;
    before = flood.sent;
    return quiet > 20;
  }, 10_000);
}

describe("100 MB of a stream at once", () => {
  it("wait at AWS for a reader who does not read", () =>
    nothingLeft(async () => {
      const flood = floodOf(FLOOD_BYTES);
      aws.server.next(flood.act);
      const { body } = await aws.withOptions({})(requestFor("stream"));
      await stalled(flood);
      expect(flood.sent).toBeLessThan(HELD_BYTES);
      await body!.cancel();
      await eventually(() => aws.server.busy === 0);
      await aws.server.close();
    }));

  it("wait at AWS for a caller who does not read its socket", () =>
    nothingLeft(async () => {
      const flood = floodOf(FLOOD_BYTES);
      aws.server.next(flood.act);
      await throughSocket(aws.withOptions({}), async (socket) => {
        socket.pause();
        socket.write(await rawRequest("stream"));
        await stalled(flood);
        // Here two connections hold what is on its way.
        expect(flood.sent).toBeLessThan(2 * HELD_BYTES);
        socket.destroy();
        await eventually(() => aws.server.busy === 0);
      });
      await aws.server.close();
    }));

  it("wait at AWS for a loop that stands still, and go on with it, nothing lost and nothing twice", async () => {
    const flood = floodOf(FLOOD_BYTES);
    aws.server.next(flood.act);
    const messages = [{ role: "user", content: "Hi" }];
    const { value } = await streamChat({ model: MODELS.stream, messages }, aws.withOptions({}));
    let pieces = 0;
    let others = "";
    for await (const { choices } of value) {
      const text = choices[0]?.delta.content ?? "";
      if (text === PIECE) pieces += 1;
      else others += text;
      if (pieces !== 5 || text === "") continue;
      await stalled(flood);
      expect(flood.sent).toBeLessThan(HELD_BYTES);
    }
    expect(others).toBe("");
    expect(pieces).toBe(flood.pieces);
    await eventually(() => aws.server.busy === 0);
  });
});
