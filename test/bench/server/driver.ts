/** Calls a gateway as its clients do, from the load server's core. */
import { Buffer } from "node:buffer";
import { serveParent } from "../child.ts";
import { createPoster } from "../systems/post.ts";

export interface DriverOrder {
  url: string;
  model: string;
  headers: Record<string, string>;
  stream: boolean;
  times: number;
  concurrency: number;
}

export interface Driven {
  /** Deltas that came, or whole answers. */
  units: number;
  /** Streams without `[DONE]`. */
  cut: number;
}

const DELTA = /"content":\s*"[^"]/g;
const posters = new Map<string, ReturnType<typeof createPoster>>();

serveParent<DriverOrder>(async ({ url, model, headers, stream, times, concurrency }): Promise<Driven> => {
  const post = posters.get(url) ?? createPoster(url);
  posters.set(url, post);
  const messages = [{ role: "user", content: "Tell me what the cat did on the mat." }];
  const body = Buffer.from(JSON.stringify({ model, messages, max_tokens: 4_000, stream }));
  const sent = { "content-type": "application/json", ...headers };
  const driven: Driven = { units: 0, cut: 0 };
  let left = times;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { text } = await post("/chat/completions", body, sent, true);
      driven.units += stream ? (text.match(DELTA)?.length ?? 0) : 1;
      if (stream && !text.includes("data: [DONE]")) driven.cut += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return driven;
});
