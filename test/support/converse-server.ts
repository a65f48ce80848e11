import type { IncomingMessage, RequestListener } from "node:http";
import type { ConverseStreamEvent } from "../../src/conversation/types.ts";
import { eventFrame } from "./frames.ts";

export interface Heard {
  url: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

const TEXT = "Mine.";

const EVENTS: readonly ConverseStreamEvent[] = [
  { messageStart: { role: "assistant" } },
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: TEXT } } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  { messageStop: { stopReason: "end_turn" } },
  { metadata: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 1 } } },
];

const WHOLE = {
  output: { message: { role: "assistant", content: [{ text: TEXT }] } },
  stopReason: "end_turn",
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
};

/** A server of a user's own that speaks Converse: JSON, and frames where the path says so. */
export function converseServer(): { heard: Heard[]; answer: RequestListener } {
  const heard: Heard[] = [];
  return {
    heard,
    answer: (request, response) => {
      let text = "";
      request.setEncoding("utf8");
      request.on("data", (piece: string) => (text += piece));
      request.on("end", () => {
        const { url = "", headers } = request;
        heard.push({ url, headers, body: JSON.parse(text) });
        if (url.includes("stream")) {
          response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
          for (const event of EVENTS) response.write(eventFrame(event));
          response.end();
        } else {
          response.writeHead(200, { "content-type": "application/json" });
          response.end(JSON.stringify(WHOLE));
        }
      });
    },
  };
}
