import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { DIMENSIONS } from "../questions/embeddings.ts";
import { access } from "./access.ts";
import type { System } from "./systems.ts";

/** B1's client: the best that the SDK's documentation offers. */
export function createKeepAliveClient(endpoint: string): BedrockRuntimeClient {
  const agent = { keepAlive: true, maxSockets: Infinity };
  const requestHandler = new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent });
  return new BedrockRuntimeClient({ ...access(endpoint), requestHandler });
}

/** B0's client. */
export const createDefaultClient = (endpoint: string): BedrockRuntimeClient =>
  new BedrockRuntimeClient(access(endpoint));

/** How much of an embedding answer a caller of the raw SDK takes: its numbers, or its bytes as they came. */
type Reading = "parsed" | "unread";

export function createSdkSystem(client: BedrockRuntimeClient, reading: Reading = "parsed"): System {
  return {
    stream(question) {
      const input = question.converse();
      return async (told) => {
        const { stream } = await client.send(new ConverseStreamCommand(input()));
        let deltas = 0;
        for await (const event of stream ?? []) {
          if (!event.contentBlockDelta?.delta?.text) continue;
          if (deltas === 0) told?.();
          deltas += 1;
        }
        return deltas;
      };
    },
    chat(question) {
      const input = question.converse();
      return async () => {
        const { output } = await client.send(new ConverseCommand(input()));
        if (!output?.message?.content?.[0]?.text) throw new Error("The answer is empty.");
        return 1;
      };
    },
    embed({ model, texts, bodies, atOnce, vectors }) {
      const asked = bodies();
      return async () => {
        let count = 0;
        const left = asked.values();
        const lane = async (): Promise<void> => {
          for (const body of left) {
            const { body: bytes } = await client.send(
              new InvokeModelCommand({ modelId: model, body: JSON.stringify(body) }),
            );
            if (reading === "unread") {
              count += bytes.length > DIMENSIONS ? texts.length / asked.length : 0;
              continue;
            }
            const answer = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
            for (const vector of vectors(answer)) if (vector.length === DIMENSIONS) count += 1;
          }
        };
        await Promise.all(Array.from({ length: atOnce }, lane));
        return count;
      };
    },
  };
}

/** A client as tracing and the like leave it. */
export function createClientWithMiddleware(endpoint: string): BedrockRuntimeClient {
  const client = createKeepAliveClient(endpoint);
  client.middlewareStack.add((next) => (call) => next(call), { step: "build", name: "theirs" });
  return client;
}
