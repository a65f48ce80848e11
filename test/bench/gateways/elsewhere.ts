import type { GatewayKind } from "./gateway.ts";

/**
 * A server that somebody else started: `BENCH_BASE_URL=http://127.0.0.1:4000/v1`, with `BENCH_API_KEY`, `BENCH_MODEL`
 * and `BENCH_PID`, whose CPU and memory are taken. It must call Bedrock at `http://127.0.0.1:$BENCH_PORT`.
 */
export function startElsewhere(model: string): GatewayKind["start"] {
  const { BENCH_BASE_URL: url, BENCH_API_KEY: key, BENCH_MODEL, BENCH_PID: pid } = process.env;
  if (!url) return undefined;
  return () =>
    Promise.resolve({
      url,
      model: BENCH_MODEL ?? model,
      headers: key ? { authorization: `Bearer ${key}` } : {},
      pid: pid ? Number(pid) : undefined,
      stop: () => undefined,
    });
}
