import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CommandFailure } from "../terminal.ts";

/**
 * Milliseconds. A load balancer keeps idle connections and sends the next request on one of them; if the server closed it at
 * that moment, the caller gets a 502. So the server must wait longer than the balancer: AWS's Application Load Balancer closes
 * after 60 seconds. The headers' own bound has to be longer still, for Node counts it from the end of the request before.
 * Both bound what arrives. Nothing bounds an answer here: a reasoning model may stream for an hour, and the handler
 * has its own bounds on waiting for AWS.
 */
const TIMEOUTS = { keepAliveTimeout: 75_000, headersTimeout: 80_000, requestTimeout: 300_000 };

/**
 * Listens.
 * @returns the server and the port that it got.
 * @throws CommandFailure in one sentence, when the address cannot be had.
 */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
): Promise<{ server: Server; port: number }> {
  const server = createServer(TIMEOUTS, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, port, host)));
    server.listen(port, host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

const REASONS: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) =>
    `Port ${port} is in use already: choose another one with --port, or stop what listens there.`,
  EACCES: (port) => `This user may not listen on port ${port}: choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (_, host) => `This machine has no address ${host}: choose one that it has with --host.`,
  ENOTFOUND: (_, host) => `There is no host '${host}': give --host an address of this machine.`,
  EAI_AGAIN: (_, host) => `The host '${host}' cannot be looked up: give --host an address of this machine.`,
};

const cannotListen = (error: NodeJS.ErrnoException, port: number, host: string): CommandFailure =>
  new CommandFailure(REASONS[error.code ?? ""]?.(port, host) ?? `Cannot listen: ${error.message}.`);
