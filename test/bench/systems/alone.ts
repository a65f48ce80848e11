/** What others take by themselves on a way that we go too: nobody comes below that on it. */
import { Buffer } from "node:buffer";
import { request } from "node:http";
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import OpenAI from "openai";
import { MODEL } from "./access.ts";
import { createClientWithMiddleware } from "./sdk.ts";
import type { System } from "./systems.ts";

type Step<Call, Result> = (next: (call: Call) => Promise<Result>) => (call: Call) => Promise<Result>;

interface Sent {
  request: { body: Uint8Array; headers: Record<string, string> };
}

interface Answered {
  response: { body: AsyncIterable<Uint8Array> | Uint8Array };
}

/** The SDK's stack of a client whose user has middleware: the question's bytes are made before, the answer's are not looked at. */
export function createStackAlone(endpoint: string): System {
  const client = createClientWithMiddleware(endpoint);
  const put = (toMiddleware: string, name: string, step: Step<Sent, Answered>): void =>
    client.middlewareStack.addRelativeTo(step as never, { relation: "after", toMiddleware, name });
  return {
    stream: nobody,
    chat(question) {
      const { modelId, ...rest } = question.converse()();
      const body = Buffer.from(JSON.stringify(rest));
      let bytes = 0;
      put("serializerMiddleware", "ready", (next) => (call) => {
        call.request.body = body;
        call.request.headers["content-type"] = "application/json";
        return next(call);
      });
      put("deserializerMiddleware", "unread", (next) => async (call) => {
        const answer = await next(call);
        for await (const piece of answer.response.body as AsyncIterable<Uint8Array>)
          bytes += piece.byteLength;
        answer.response.body = new Uint8Array();
        return answer;
      });
      return async () => {
        bytes = 0;
        await client.send(new ConverseCommand({ modelId, messages: undefined }));
        if (bytes === 0) throw new Error("The answer is empty.");
        return 1;
      };
    },
  };
}

const CHUNK = `data: ${JSON.stringify({
  id: "chatcmpl-02324c14a4b843d39e85a3cb5535f121",
  object: "chat.completion.chunk",
  created: 1_795_425_560,
  model: MODEL,
  choices: [{ index: 0, delta: { content: " cat" }, logprobs: null, finish_reason: null }],
})}\n\n`;

/** The `openai` client, which gets a ready-made chunk for each delta. */
export function createOpenAIAlone(endpoint: string): System {
  const fetch = (): Promise<Response> =>
    new Promise((resolve, reject) => {
      const url = `${endpoint}/model/${encodeURIComponent(MODEL)}/converse-stream`;
      request(url, { method: "POST" }, (answer) => {
        const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
          answer.on("data", (piece: Buffer) => {
            const deltas = piece.toString("latin1").split('{"contentBlockIndex":0,"delta"').length - 1;
            if (deltas > 0) controller.enqueue(new TextEncoder().encode(CHUNK.repeat(deltas)));
          });
          answer.once("end", () => controller.close());
          answer.once("error", (error) => controller.error(error));
        };
        resolve(new Response(new ReadableStream({ start })));
      })
        .once("error", reject)
        .end("{}");
    });
  const client = new OpenAI({ apiKey: "none", baseURL: "http://alone/v1", fetch, maxRetries: 0 });
  return {
    chat: nobody,
    stream(question) {
      const asked = { ...question.openai(), stream: true as const };
      return async () => {
        let deltas = 0;
        for await (const chunk of await client.chat.completions.create(asked))
          if (chunk.choices[0]?.delta.content) deltas += 1;
        return deltas;
      };
    },
  };
}

function nobody(): never {
  throw new Error("Nobody is compared with that.");
}
