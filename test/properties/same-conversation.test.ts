import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { createSeal } from "../../src/store/seal.ts";
import { anyTalk, type Thought } from "../support/any-talk.ts";
import { CLAUDE, GPT, type House, LLAMA, NEW_CLAUDE, NOVA, openHouse } from "../support/bedrock.ts";
import { inChat } from "../support/told-in-chat.ts";
import { inMessages, sayable } from "../support/told-in-messages.ts";
import { inResponses } from "../support/told-in-responses.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

let house: House;
let handler: BedrockOpenAIHandler;
beforeAll(async () => {
  house = await openHouse();
  handler = house.withOptions({ stateSecret: SECRET });
});
afterAll(() => house.bedrock.close());

/** For callers whom nobody asks who they are. */
const sealed = ({ text, signature }: Thought): string =>
  createSeal(SECRET).seal("reasoning", "anyone", {
    blocks: [{ reasoningText: { text, signature } }],
  });

interface Explained {
  status: number;
  /** What AWS would be sent, to the byte. */
  request: string;
}

async function explained(path: string, body: object): Promise<Explained> {
  const response = await handler(
    new Request(`http://bedrock/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-bedrock-explain": "1" },
      body: JSON.stringify(body),
    }),
  );
  const { request, error } = (await response.json()) as { request?: object; error?: { code: unknown } };
  return { status: response.status, request: JSON.stringify(request ?? error?.code) };
}

describe.each([CLAUDE, NEW_CLAUDE, NOVA, LLAMA, GPT])("the same conversation, to %s", (model) => {
  it("becomes the same AWS request, byte for byte, whichever wire it came by", async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(anyTalk, fc.boolean(), async (talk, stream) => {
        const chat = await explained("/chat/completions", { model, stream, ...inChat(talk) });
        const response = await explained("/responses", { model, stream, ...inResponses(talk, sealed) });
        expect(response).toEqual(chat);
        if (chat.status === 200) told += 1;
      }),
      { numRuns: 150 },
    );
    expect(told).toBeGreaterThan(50);
  });

  it("becomes the same AWS request, byte for byte, when Anthropic's clients tell it", async () => {
    let told = 0;
    // Claude would read the request as it came.
    const translated = model.startsWith("converse/") ? model : `converse/${model}`;
    await fc.assert(
      fc.asyncProperty(anyTalk.map(sayable), fc.boolean(), async (talk, stream) => {
        const chat = await explained("/chat/completions", { model, stream, ...inChat(talk) });
        const message = await explained("/messages", {
          model: translated,
          stream,
          ...inMessages(talk),
        });
        expect(message.status).toBe(chat.status);
        if (chat.status !== 200) return;
        expect(message.request).toBe(chat.request);
        told += 1;
      }),
      { numRuns: 150 },
    );
    expect(told).toBeGreaterThan(50);
  });
});
