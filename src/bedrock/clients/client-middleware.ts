import { mergedHeaders } from "../../http/merged-headers.ts";
import type { ResolvedOptions } from "../../options.ts";

/** A client of AWS's SDK, or a command of one: a command's own are added to its client's. */
interface Stackable {
  middlewareStack: { add(middleware: never, options: Step): void };
}

interface Step {
  step: "build";
  priority: "normal" | "low";
  name: string;
}

/** Before signing, so that AWS and every proxy on the way see them vouched for. */
export function addHeaders(to: Stackable, { headers, client }: ResolvedOptions): void {
  // Who brings a client says in it what AWS is told.
  if (headers && !client)
    add(to, headers, { step: "build", priority: "normal", name: "bedrockOpenAIHeaders" });
}

/** Those of one entry of `models`, over those of the options and whatever a request in AWS's own words says. */
export function addEntryHeaders(to: Stackable, headers: Readonly<Record<string, string>> | undefined): void {
  if (headers) add(to, headers, { step: "build", priority: "low", name: "bedrockOpenAIEntryHeaders" });
}

function add(to: Stackable, headers: Readonly<Record<string, string>>, step: Step): void {
  const extra = mergedHeaders(headers);
  const middleware = (next: (args: Build) => unknown) => (args: Build) => {
    Object.assign(args.request.headers, extra);
    return next(args);
  };
  to.middlewareStack.add(middleware as never, step);
}

interface Build {
  request: { headers: Record<string, string> };
}
