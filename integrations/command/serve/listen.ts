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
  flag = "--port",
): Promise<{ server: Server; port: number }> {
  const server = createServer(TIMEOUTS, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, { port, host, flag })));
    server.listen(port, host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

interface Address {
  port: number;
  host: string;
  /** What chooses the port. */
  flag: string;
}

const REASONS: Readonly<Record<string, (address: Address) => string>> = {
  EADDRINUSE: ({ port, flag }) =>
    `Port ${port} is in use already: choose another one with ${flag}, or stop what listens there.`,
  EACCES: ({ port, flag }) => `This user may not listen on port ${port}: choose one above 1023 with ${flag}.`,
  EADDRNOTAVAIL: ({ host }) => `This machine has no address ${host}: choose one that it has with --host.`,
  ENOTFOUND: ({ host }) => `There is no host '${host}': give --host an address of this machine.`,
  EAI_AGAIN: ({ host }) => `The host '${host}' cannot be looked up: give --host an address of this machine.`,
};

const cannotListen = (error: NodeJS.ErrnoException, address: Address): CommandFailure =>
  new CommandFailure(REASONS[error.code ?? ""]?.(address) ?? `Cannot listen: ${error.message}.`);
