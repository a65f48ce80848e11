import { bedrockOpenAI } from "../../../adapters/node.ts";
import { BedrockOpenAIError } from "../../../src/index.ts";
import { listen } from "./listen.ts";
import { startMetrics } from "./metrics.ts";
import { requireNeighbour } from "./neighbours.ts";
import type { ServePlan } from "./plan.ts";

/** A server that is up beside the one for callers. */
export interface MetricsServer {
  port: number;
  close(): void;
}

/**
 * `GET /metrics` on a port of its own: who scrapes needs no key that calls models, and who calls models sees no figures. Undefined
 * where nobody asked for it.
 * @throws CommandFailure where it cannot listen, or `prom-client` is not installed.
 */
export async function serveMetrics({
  metricsPort,
  host,
  isForNeighbours,
}: Pick<ServePlan, "metricsPort" | "host" | "isForNeighbours">): Promise<MetricsServer | undefined> {
  if (metricsPort === undefined) return undefined;
  const metrics = await startMetrics();
  const answer = async (request: Request): Promise<Response> => {
    if (isForNeighbours) requireNeighbour(request);
    if (new URL(request.url).pathname !== "/metrics" || request.method !== "GET")
      return new Response("GET /metrics\n", { status: 404 });
    return new Response(await metrics.text(), { headers: { "content-type": metrics.contentType } });
  };
  const handler = (request: Request): Promise<Response> => answer(request).catch(refused);
  const { server, port } = await listen(bedrockOpenAI(handler), metricsPort, host, "--metrics-port");
  return {
    port,
    close() {
      metrics.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function refused(thrown: unknown): Response {
  if (BedrockOpenAIError.isInstance(thrown)) return thrown.toResponse();
  throw thrown;
}
