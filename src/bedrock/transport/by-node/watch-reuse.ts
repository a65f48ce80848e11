import type { ClientRequest } from "node:http";
import { closedAtOnce, markStale } from "../stale.ts";

/** @param request Is about to be written to a socket that has served before. */
export function watchReuse(request: ClientRequest): void {
  const begun = performance.now();
  request.prependOnceListener("error", (error) => {
    if (closedAtOnce(error, begun)) markStale(error);
  });
}
