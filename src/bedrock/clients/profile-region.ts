import type { ResolvedOptions } from "../../options.ts";
import type { Access } from "./client-access.ts";
import { loadSdkConfig } from "./sdk-config.ts";

/**
 * The Region that the SDK finds behind the environment, by its own functions. Undefined where it does so by itself: of AWS_REGION left
 * empty, as whoever starts containers leaves what is not needed, it would make a host's name.
 */
export const profileRegion = ({ profile }: Pick<ResolvedOptions, "profile">): Access["region"] =>
  process.env["AWS_REGION"]?.trim() === "" ? () => regionOf(profile) : undefined;

async function regionOf(profile: string | undefined): Promise<string> {
  const files = loadSdkConfig();
  // In the SDK's words: in a bundle its parts are not to be had.
  if (!files) throw new Error("Region is missing");
  const { loadConfig, NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS } = files;
  return loadConfig(
    { ...NODE_REGION_CONFIG_OPTIONS, environmentVariableSelector: () => undefined },
    { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile && { profile }) },
  )();
}
