import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { access, MAX_TOKENS, MODEL, QUESTION, SYSTEM_PROMPT, TEMPERATURE } from "./access.ts";
import type { System } from "./systems.ts";

const conversation = {
  modelId: MODEL,
  system: [{ text: SYSTEM_PROMPT }],
  messages: [{ role: "user" as const, content: [{ text: QUESTION }] }],
  inferenceConfig: { maxTokens: MAX_TOKENS, temperature: TEMPERATURE },
};

export function createSdkSystem(endpoint: string, connections: "keep-alive" | "default"): System {
  const agent = { keepAlive: true, maxSockets: Infinity };
  const requestHandler = new NodeHttpHandler({ httpAgent: agent });
  const client = new BedrockRuntimeClient({
    ...access(endpoint),
    ...(connections === "keep-alive" && { requestHandler }),
  });
  return {
    async stream() {
      const { stream } = await client.send(new ConverseStreamCommand(conversation));
      let deltas = 0;
      for await (const event of stream ?? []) if (event.contentBlockDelta?.delta?.text) deltas += 1;
      return deltas;
    },
    async chat() {
      const { output } = await client.send(new ConverseCommand(conversation));
      if (!output?.message?.content?.[0]?.text) throw new Error("The answer is empty.");
      return 1;
    },
  };
}
