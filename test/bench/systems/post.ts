import { Agent, request } from "node:http";
import { Agent as TlsAgent, request as requestTls } from "node:https";

export interface Posted {
  bytes: number;
  /** What it said, where that is wanted; one character a byte. */
  text: string;
}

type Post = (
  path: string,
  body: Uint8Array,
  headers: Record<string, string>,
  keep: boolean,
) => Promise<Posted>;

/** The least that Node can do: a kept connection, the answer's bytes counted and dropped. @throws for any status but 200. */
export function createPoster(base: string): Post {
  const isTls = base.startsWith("https:");
  const send = isTls ? requestTls : request;
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  return (path, body, headers, keep) =>
    new Promise((resolve, reject) => {
      const options = {
        agent,
        method: "POST",
        headers: { ...headers, "content-length": String(body.byteLength) },
      };
      const call = send(`${base}${path}`, options, (response) => {
        const kept: string[] = [];
        let bytes = 0;
        const isGood = response.statusCode === 200;
        response.on("data", (piece: Buffer) => {
          bytes += piece.length;
          if (keep || !isGood) kept.push(piece.toString("latin1"));
        });
        response.once("error", reject);
        response.once("end", () => {
          const text = kept.join("");
          if (isGood) resolve({ bytes, text });
          else reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
        });
      });
      call.once("error", reject);
      call.end(body);
    });
}
