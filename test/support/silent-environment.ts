import { vi } from "vitest";

/** Has the environment of a test say nothing of AWS, and the SDK find nothing of the machine's own, until `vi.unstubAllEnvs`. */
export function silenceEnvironment(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
}
