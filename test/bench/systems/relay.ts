import { Buffer } from "node:buffer";
import { MODEL } from "./access.ts";
import { createPoster } from "./post.ts";
import type { Asking, System } from "./systems.ts";

const JSON_HEADERS = { "content-type": "application/json" };

/** Asks with a body made before, and takes the answer for what it weighs. */
export function createRelay(endpoint: string): System {
  const post = createPoster(endpoint);
  const ask = (action: string, body: object, units: (text: string) => number): Asking => {
    const json = Buffer.from(JSON.stringify(body));
    let proven: { bytes: number; units: number } | undefined;
    return async () => {
      const answer = await post(`/model/${encodeURIComponent(MODEL)}/${action}`, json, JSON_HEADERS, !proven);
      proven ??= { bytes: answer.bytes, units: units(answer.text) };
      if (answer.bytes !== proven.bytes) throw new Error(`An answer had ${answer.bytes} bytes.`);
      return proven.units;
    };
  };
  const body = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };
  return {
    stream: () =>
      ask("converse-stream", body, (text) => text.split('{"contentBlockIndex":0,"delta"').length - 1),
    chat: () => ask("converse", body, () => 1),
  };
}
