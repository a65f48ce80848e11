import { finished } from "node:stream/promises";
import { expect, it, vi } from "vitest";
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
