import type { ResolvedOptions } from "../../options.ts";

/** The SDK itself does not read AWS_DEFAULT_REGION; most other AWS tools do. */
const VARIABLES = ["AWS_REGION", "AWS_DEFAULT_REGION"] as const;

/** As far as it is said without asking the SDK, which reads the shared configuration files too. */
export const saidRegion = ({ region }: Pick<ResolvedOptions, "region">): string | undefined =>
  region ?? VARIABLES.map((name) => process.env[name]).find((said) => said?.trim());
