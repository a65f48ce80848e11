import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { request } from "node:https";
import { describe, expect, it } from "vitest";
import { runtimeClient } from "./clients.ts";
import { emulator, hello, HIDDEN, post } from "./support.ts";
import { certificate } from "./tls-fixture.ts";
import { startBedrockEmulator } from "../../../src/testing/index.ts";

describe("an emulator", () => {
  it("records what stood on the wire", async () => {
    const bedrock = await emulator();
    await post(bedrock, hello, { headers: { "x-custom": "1" } });
    expect(bedrock.requests[0]).toMatchObject({
      method: "POST",
      path: `/model/${encodeURIComponent(HIDDEN)}/converse`,
      operation: "Converse",
      modelId: HIDDEN,
      headers: { "x-custom": "1" },
      body: hello,
      status: 200,
      aborted: false,
    });
  });

  it("counts connections, which keep-alive lets clients reuse", async () => {
    const bedrock = await emulator();
    const client = runtimeClient(bedrock);
    const command = new ConverseCommand({
      modelId: HIDDEN,
      messages: [{ role: "user", content: [{ text: "hi" }] }],
    });
    await client.send(command);
    await client.send(command);
    expect([bedrock.connections, bedrock.requests.length, bedrock.openRequests]).toEqual([1, 2, 0]);
  });

  it("forgets on reset, while `requests` stays the same list", async () => {
    const bedrock = await emulator();
    const { requests } = bedrock;
    bedrock.enqueue({ content: [{ text: "forgotten" }] });
    await post(bedrock, hello);
    bedrock.enqueue({ content: [{ text: "forgotten" }] });
    bedrock.reset();
    expect(requests).toEqual([]);
    expect((await post(bedrock, hello)).text).not.toContain("forgotten");
    expect(requests).toHaveLength(1);
  });

  it("closes twice without a word", async () => {
    const bedrock = await emulator();
    await bedrock.close();
    await bedrock.close();
    await expect(post(bedrock, hello)).rejects.toThrow();
  });

  it("rejects when its port is taken", async () => {
    const bedrock = await emulator();
    const port = Number(new URL(bedrock.url).port);
    await expect(startBedrockEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("speaks https with a certificate", async () => {
    const bedrock = await emulator({ tls: certificate });
    expect(bedrock.url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      request(
        `${bedrock.url}/foundation-models`,
        { ca: certificate.cert, headers: { authorization: "Bearer k" } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
  });
});
