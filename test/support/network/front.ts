import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Front {
  url: string;
  /** Connections so far. */
  connections(): number;
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/**
 * Stands before a server as a load balancer does, byte for byte.
 * @param refuses Whether a piece that a client sends is not read but answered by closing the connection: told which piece of
 * which connection it is, from 0.
 * @param how Closes it.
 */
export async function startFront(
  to: string,
  refuses: (piece: number, connection: number) => boolean,
  how: (socket: Socket) => void = (socket) => socket.resetAndDestroy(),
): Promise<Front> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const connection = connections;
    connections += 1;
    let pieces = 0;
    const far = connect(Number(port), hostname);
    for (const each of [socket, far])
      each.on("error", () => undefined).on("close", () => sockets.delete(each));
    sockets.add(socket);
    far.pipe(socket);
    socket.on("data", (bytes) => {
      const piece = pieces;
      pieces += 1;
      if (refuses(piece, connection)) return how(socket);
      far.write(bytes);
    });
    socket.once("close", () => far.destroy());
    far.once("close", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
