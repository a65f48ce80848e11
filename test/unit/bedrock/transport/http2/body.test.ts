import type { ClientHttp2Stream } from "node:http2";
import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { Body } from "../../../../../src/bedrock/transport/http2/body.ts";

/** A stream of which the host has said no length, as event streams have none. */
function opened(): { stream: Readable; body: Body } {
  const stream = Object.assign(new Readable({ read: () => undefined }), { close: () => undefined });
  return { stream, body: new Body(stream as unknown as ClientHttp2Stream, Number.NaN) };
}

it.each(["as it comes", "later"])(
  "a body that was asked for more before it broke off is not waited for for ever (read %s)",
  async (when) => {
    const { stream, body } = opened();
    const heard: string[] = [];
    const hear = (): unknown => body.on("data", (bytes: Buffer) => heard.push(bytes.toString()));
    const failed = new Promise((resolve) => body.once("error", resolve));
    if (when === "as it comes") hear();
    stream.push("one");
    await turn();
    stream.push("two");
    await turn();
    const failure = new Error("broke off");
    body.settle(() => failure);
    if (when === "later") hear();
    expect(await failed).toBe(failure);
    expect(heard.join("")).toBe("onetwo");
  },
);

it("a body of which something waits when it breaks off gives that first, once it is read", async () => {
  const { stream, body } = opened();
  stream.push("one");
  await turn();
  body.settle(() => new Error("broke off"));
  const heard: string[] = [];
  const reading = (async () => {
    for await (const bytes of body) heard.push(String(bytes));
  })();
  await expect(reading).rejects.toThrow("broke off");
  expect(heard).toEqual(["one"]);
});
