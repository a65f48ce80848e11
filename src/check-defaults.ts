import * as z from "./schema/z.ts";
import type { ModelAliases } from "./bedrock/models/aliases.ts";
import { REQUEST_SHAPES } from "./openai/request-shapes.ts";
import { toComplaint } from "./openai/validation.ts";

/** What makes a request, and cannot be anyone's default. */
const OF_REQUESTS: ReadonlySet<string> = new Set(["model", "messages", "prompt", "input"]);

/**
 * Says at the start what would otherwise be told to every caller as if it were theirs.
 * @throws TypeError for `defaults` that no request could have.
 */
export function checkDefaults(models: ModelAliases = {}): void {
  for (const [name, entry] of Object.entries(models)) {
    if (typeof entry === "string" || !entry.defaults) continue;
    const { extra_body: extra, ...defaults } = entry.defaults;
    for (const [parameter, value] of Object.entries({ ...defaults, ...(extra as object | undefined) })) {
      const fault = faultOf(parameter, value);
      if (fault) throw new TypeError(`bedrock-openai: 'defaults' of the model '${name}': ${fault}`);
    }
  }
}

function faultOf(parameter: string, value: unknown): string | undefined {
  if (OF_REQUESTS.has(parameter)) return `'${parameter}' is for requests to say.`;
  const given = { [parameter]: value };
  const faults = REQUEST_SHAPES.filter((shape) => Object.hasOwn(shape, parameter)).map((shape) => {
    const { error } = z.object({ [parameter]: shape[parameter]! }).safeParse(given);
    return error && toComplaint(error, given).message;
  });
  return faults.every((fault) => fault !== undefined) ? faults[0] : undefined;
}
