import type { Io } from "./terminal.ts";

const VARIABLES = ["AWS_REGION", "AWS_DEFAULT_REGION"] as const;

/** The Region that the environment says, and by which variable; undefined where they are not set, or left empty. */
export function saidRegion(
  environment: Io["environment"],
): { variable: (typeof VARIABLES)[number]; region: string } | undefined {
  for (const variable of VARIABLES) {
    const region = environment[variable];
    if (region?.trim()) return { variable, region };
  }
  return undefined;
}
