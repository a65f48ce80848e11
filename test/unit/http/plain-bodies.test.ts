import { describe, expect, it } from "vitest";
import { EventFlow } from "../../../src/http/event-flow.ts";
import { jsonResponse } from "../../../src/http/json.ts";
import { takeFlow, takePlainBody } from "../../../src/http/plain-bodies.ts";
import { eventStreamResponse } from "../../../src/http/sse.ts";

async function* frames(): AsyncGenerator<string, void, undefined> {
  yield "data: 1\n\n";
  yield "data: 2\n\n";
}

const stream = (): Response => eventStreamResponse(frames(), () => undefined);

/** A handler of the user's around ours may have done anything with an answer before a door sends it. */
describe("what a body is made of", () => {
  it("is a text or a flow, which are taken once", () => {
    const [whole, streamed] = [jsonResponse({ said: "Grüße" }), stream()];
    expect(takePlainBody(whole)).toBe('{"said":"Grüße"}');
    expect(takePlainBody(streamed)).toBeInstanceOf(EventFlow);
    expect([takePlainBody(whole), takePlainBody(streamed)]).toEqual([undefined, undefined]);
  });

  it("is a flow alone for whoever reads events, and closed to everybody else then", async () => {
    const [whole, streamed] = [jsonResponse({ said: "Grüße" }), stream()];
    expect(takeFlow(whole)).toBeUndefined();
    expect(await whole.json()).toEqual({ said: "Grüße" });
    const taken = takeFlow(streamed);
    expect(taken?.flow).toBeInstanceOf(EventFlow);
    expect(streamed.body!.locked).toBe(true);
    expect([takeFlow(streamed), takePlainBody(streamed)]).toEqual([undefined, undefined]);
    taken?.close();
    expect([streamed.bodyUsed, streamed.body!.locked]).toEqual([true, false]);
  });

  it("is not told of a foreign answer, nor of one without a body", () => {
    expect(takePlainBody(new Response("hello"))).toBeUndefined();
    expect(takePlainBody(new Response(null, { status: 204 }))).toBeUndefined();
  });

  it("is still known under other headers, with which an answer is often made anew", () => {
    const { body } = jsonResponse(["a"]);
    expect(takePlainBody(new Response(body, { status: 202 }))).toBe('["a"]');
  });

  it.each([
    ["whole", () => jsonResponse(["a"]), '["a"]'],
    ["streamed", stream, "data: 1\n\ndata: 2\n\n"],
  ])(
    "is not taken from a %s answer that somebody reads, who would lose words to it",
    async (_, make, said) => {
      const read = make();
      const reading = read.text();
      expect(takePlainBody(read)).toBeUndefined();
      expect(await reading).toBe(said);

      const begun = make();
      const reader = begun.body!.getReader();
      await reader.read();
      reader.releaseLock();
      expect(takePlainBody(begun)).toBeUndefined();

      const copied = make();
      const copy = copied.clone();
      expect(takePlainBody(copied)).toBeUndefined();
      expect([await copied.text(), await copy.text()]).toEqual([said, said]);
    },
  );
});
