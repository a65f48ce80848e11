import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
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
  };
}
