import { malformedBody } from "../image-tools.ts";
import type { Finding } from "../image-tools.ts";

/** What Stability's own service says comes as JSON inside of AWS's message. */
export function detail(what: string): string {
  return JSON.stringify({ detail: what });
}

/** The services name the first member that they do not know, before they miss another. */
export function refuseService(
  service: string,
  fields: readonly string[],
): (findings: readonly Finding[]) => string | undefined {
  return (findings) => {
    const unknown = unknownKey(findings);
    if (unknown === undefined) return malformedBody(findings);
    return detail(
      `Invalid field '${unknown}' in request. Available fields for ${service} are: ${fields.join(", ")}`,
    );
  };
}

/** The generators' schema only knows what is required; what else is unknown their service finds. */
export function refuseGenerator(
  fields: readonly string[],
): (findings: readonly Finding[]) => string | undefined {
  return (findings) => {
    const others = findings.filter(({ fault }) => fault.kind !== "extraneous");
    if (others.length > 0 || unknownKey(findings) === undefined) return malformedBody(others);
    const available = fields.map((field) => `'${field}'`).join(", ");
    return detail(`Invalid field in request. Available fields: [${available}]`);
  };
}

function unknownKey(findings: readonly Finding[]): string | undefined {
  const [key] = findings.flatMap(({ fault }) => (fault.kind === "extraneous" ? [fault.key] : []));
  return key;
}
