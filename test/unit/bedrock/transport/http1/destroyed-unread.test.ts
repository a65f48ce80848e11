import { finished } from "node:stream/promises";
import { describe, expect, it, vi } from "vitest";
import { Body } from "../../../../../src/bedrock/transport/http1/body.ts";

it("a body that middleware destroys unread, with a reason, ends no process", async () => {
  const drop = vi.fn<() => void>();
  const body = new Body({ pause() {}, resume() {}, drop });
  const closed = new Promise((resolve) => body.once("close", resolve));
  // Without a listener Node throws it where nobody catches it.
  body.destroy(new Error("not wanted"));
  await closed;
  expect(drop).toHaveBeenCalled();
  await expect(finished(body)).rejects.toThrow("not wanted");
});

describe("who asks for pieces of a body that somebody else cuts off is told so, not that it was whole", () => {
  const open = (): Body => new Body({ pause() {}, resume() {}, drop() {} });
  const CUT = new Error("idle for too long");

  it.each<[string, (body: Body) => unknown]>([
    ["while the next is waited for", () => undefined],
    ["after one was read", (body) => body.arrive(Buffer.from("abc"))],
  ])("%s", async (_, before) => {
    const body = open();
    before(body);
    const first = body.next();
    body.destroy(CUT);
    const told = [await first.catch(String), await body.next().catch(String)];
    expect(told.at(-1)).toContain("idle for too long");
  });

  it("without a reason", async () => {
    const body = open();
    body.destroy();
    await expect(body.next()).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("but not where all had come", async () => {
    const body = open();
    body.finish();
    body.destroy(CUT);
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });
});
