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

export function createSdkSystem(endpoint: string, connections: "keep-alive" | "default"): System {
  const agent = { keepAlive: true, maxSockets: Infinity };
  const requestHandler = new NodeHttpHandler({ httpAgent: agent });
  const client = new BedrockRuntimeClient({
    ...access(endpoint),
    ...(connections === "keep-alive" && { requestHandler }),
  });
  return {
    stream(question) {
      const input = question.converse();
      return async () => {
        const { stream } = await client.send(new ConverseStreamCommand(input()));
        let deltas = 0;
        for await (const event of stream ?? []) if (event.contentBlockDelta?.delta?.text) deltas += 1;
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
    embed({ model, bodies, atOnce, vectors }) {
      const asked = bodies();
      return async () => {
        let count = 0;
        const left = asked.values();
        const lane = async (): Promise<void> => {
          for (const body of left) {
            const { body: bytes } = await client.send(
              new InvokeModelCommand({ modelId: model, body: JSON.stringify(body) }),
            );
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
