import type { ResolvedOptions } from "../../options.ts";

/** As far as it is said without asking the SDK, which reads the shared configuration files too. */
export const saidRegion = ({ region }: Pick<ResolvedOptions, "region">): string | undefined =>
  // The SDK itself does not read AWS_DEFAULT_REGION; most other AWS tools do.
  region ?? (process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"] || undefined);
