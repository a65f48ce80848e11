import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { createBedrockOpenAIHandler } from "../../src/index.ts";
import { ANSWER, eventFrame } from "../support/frames.ts";

const text = (said: string): Uint8Array =>
  eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: said } } });

/** A handler whose AWS says what is pushed. */
function overheard() {
  const body = new PassThrough();
  const client = new BedrockRuntimeClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
    requestHandler: {
      handle: async () => ({ response: { statusCode: 200, headers: {}, body } }),
    },
  });
  return { body, handler: createBedrockOpenAIHandler({ client }) };
}

describe.each([
  ["chat/completions", { messages: [{ role: "user", content: "Hi" }] }],
  ["responses", { input: "Hi", store: false }],
  ["messages", { messages: [{ role: "user", content: "Hi" }], max_tokens: 9 }],
])("a word that AWS says, on %s", (path, question) => {
  it("is the caller's in the same turn of the event loop, the first one and every other", async () => {
    const { body, handler } = overheard();
    const asked = { model: "amazon.nova-pro-v1:0", stream: true, ...question };
    const headers = { "content-type": "application/json" };
    const url = `http://localhost/v1/${path}`;
    const answering = handler(new Request(url, { method: "POST", headers, body: JSON.stringify(asked) }));
    body.push(eventFrame(ANSWER[0]!));
    body.push(text("zero"));
    const reader = (await answering).body!.getReader();
    let read = "";
    const reading = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read())
        read += new TextDecoder().decode(next.value);
    })();
    for (const word of ["one", "two", "three"]) {
      for (let turns = 0; turns < 5; turns += 1) await turn();
      const later = turn().then(() => read);
      body.push(text(word));
      expect(await later).toContain(`"${word}"`);
    }
    for (const event of ANSWER.slice(3)) body.push(eventFrame(event));
    body.push(null);
    await reading;
  });
});
