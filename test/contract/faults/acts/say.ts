import { setTimeout as sleep } from "node:timers/promises";
import type { Act, Line } from "../../../support/raw-server.ts";
import { chunk, half, head, LAST_CHUNK, saidTo } from "../answers.ts";

/** The first `count` pieces of the answer, behind their headers; the body has no end yet. */
export async function begin(line: Line, count: number, status = "200 OK"): Promise<void> {
  await line.uploaded;
  const { type, parts } = saidTo(line);
  line.socket.write(head(status, { "content-type": type, "transfer-encoding": "chunked" }));
  for (const part of parts.slice(0, count)) line.socket.write(chunk(part));
}

/** The answer as it should be. */
export const answer: Act = async (line) => {
  await begin(line, Infinity);
  return line.socket.write(LAST_CHUNK) || true;
};

/** A whole exchange in these bytes. */
export const says =
  (status: string, headers: Readonly<Record<string, string | number>>, body: string | Uint8Array = ""): Act =>
  async ({ socket, uploaded }) => {
    await uploaded;
    socket.write(head(status, { "content-length": Buffer.byteLength(body), ...headers }));
    socket.write(body);
    return true;
  };

/** Whatever has been said; then what follows. */
export const after =
  (said: (line: Line) => Promise<void>, then: (line: Line) => void): Act =>
  async (line) => {
    await said(line);
    // What is on its way arrives before it.
    await sleep(10);
    then(line);
    return false;
  };

export const nothing = ({ uploaded }: Line): Promise<void> => uploaded;
export const headers = (line: Line): Promise<void> => begin(line, 0);
export const some = (line: Line): Promise<void> => begin(line, half(line));

export const reset = ({ socket }: Line): void => void socket.resetAndDestroy();
export const close = ({ socket }: Line): void => void socket.end();
export const silence = (): void => undefined;
