import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { bedrockOpenAI } from "../../../adapters/node.ts";
import { CLAUDE, eventually, openHouse } from "../../support/bedrock.ts";

/** Who pays for an answer that was left in its midst is often known to the app's storage alone. */
it.each(["left in its midst", "read to its end"])(
  "the app's AsyncLocalStorage is seen in authorize and onUsage: a stream that is %s",
  async (how) => {
    const house = await openHouse();
    const tenant = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const note = (what: string): void => void seen.push([what, tenant.getStore()]);
    const answer = bedrockOpenAI(
      house.withOptions({
        authorize: () => (note("authorize"), true),
        onUsage: () => note("onUsage"),
      }),
    );
    const server = createServer((req, res) => tenant.run("a", () => answer(req, res)));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const messages = [{ role: "user", content: "q ".repeat(100) }];
    const sent = request({
      port: (server.address() as AddressInfo).port,
      method: "POST",
      path: "/v1/chat/completions",
      headers: { "content-type": "application/json" },
    });
    sent.on("error", () => {});
    sent.on("response", (response) => {
      if (how === "read to its end") response.resume();
      else response.once("data", () => sent.destroy());
    });
    sent.end(JSON.stringify({ model: CLAUDE, stream: true, messages }));
    await eventually(() => seen.length === 2);
    expect(seen).toEqual([
      ["authorize", "a"],
      ["onUsage", "a"],
    ]);
    server.closeAllConnections();
    server.close();
    await house.bedrock.close();
  },
);
