import { type AddressInfo, createServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";

/** A server that answers whatever is asked with bytes that it was given, and closes. */
export interface Reciter {
  port: number;
  /** From now on it says these, piece by piece. */
  recite(pieces: readonly Uint8Array[]): void;
  close(): Promise<void>;
}

export async function openReciter(): Promise<Reciter> {
  let said: readonly Uint8Array[] = [];
  const sockets = new Set<Socket>();
  const answer = async (socket: Socket): Promise<void> => {
    for (const piece of said) {
      if (piece.length > 0) socket.write(piece);
      await turn();
    }
    socket.end();
  };
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    socket.once("data", () => {
      socket.resume();
      void answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    recite: (pieces) => void (said = pieces),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
