import type { ResolvedOptions } from "../../options.ts";

interface Stackable {
  middlewareStack: { add(middleware: never, options: { step: "build"; name: string }): void };
}

/** Before signing, so that AWS and every proxy on the way see them vouched for. */
export function addHeaders({ middlewareStack }: Stackable, { headers, client }: ResolvedOptions): void {
  // Who brings a client says in it what AWS is told.
  if (!headers || client) return;
  const extra = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const add = (next: (args: Build) => unknown) => (args: Build) => {
    Object.assign(args.request.headers, extra);
    return next(args);
  };
  middlewareStack.add(add as never, { step: "build", name: "bedrockOpenAIHeaders" });
}

interface Build {
  request: { headers: Record<string, string> };
}
