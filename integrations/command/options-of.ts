import type { Command } from "commander";
import type { BedrockOpenAIOptions, ModelEntry } from "../../src/index.ts";
import type { Config, ServerSettings } from "./config.ts";
import { optionsIn, withoutRoles } from "./environment-options.ts";
import { saidRegion } from "./said-region.ts";
import type { Io } from "./terminal.ts";

/** What every command that talks to Bedrock understands. */
export interface Flags {
  config?: string;
  region?: string;
  profile?: string;
  endpoint?: string;
  emulator?: boolean;
}

/** Where a command's Bedrock is, and how to leave it. */
export interface Settings {
  /** Without `apiKeys`: who sits at this terminal needs no key of the server's. */
  options: BedrockOpenAIOptions;
  /** What a configuration file says of the server alone. */
  server: ServerSettings;
  isEmulator: boolean;
  /** Ends what was started for the command: the emulator. */
  close(): Promise<void>;
}

/** Adds the flags that `settingsOf` reads. */
export const withFlags = (command: Command): Command =>
  command
    .option("-c, --config <file>", "YAML or JSON: the handler's options, or LiteLLM's config.yaml")
    .option("--region <region>", "AWS Region (default: AWS_REGION, then the profile's)")
    .option("--profile <name>", "profile of the AWS configuration files (default: AWS_PROFILE)")
    .option("--endpoint <url>", "URL for all Bedrock hosts (default: AWS's)")
    .option("--emulator", "answer from a local imitation of Bedrock: no AWS, nothing billed");

/**
 * The options of a command line: flags before the configuration file, and that before the environment.
 * @throws CommandFailure for a file that cannot be read or means nothing, and for variables that mean nothing.
 */
export async function settingsOf(flags: Flags, io: Io): Promise<Settings> {
  const config = await configOf(flags, io);
  const environment = flags.emulator ? withoutRoles(io.environment) : io.environment;
  const given = {
    ...beside(optionsIn(environment), { ...config.options, ...flags }),
    ...config.options,
    ...(flags.region !== undefined && { region: flags.region }),
    ...(flags.profile !== undefined && { profile: flags.profile }),
    ...(flags.endpoint !== undefined && { endpoint: flags.endpoint }),
  };
  const { server } = config;
  if (!flags.emulator) {
    return { options: given, server, isEmulator: false, close: async () => undefined };
  }
  const emulated = await startEmulator(given, io.environment);
  return { ...emulated, server, isEmulator: true };
}

const ACCESS = ["credentials", "profile", "apiKey", "role", "webIdentityToken"] as const;

/** Who calls is said by one of them, and the environment is the farthest. */
function beside(environment: BedrockOpenAIOptions, nearer: BedrockOpenAIOptions): BedrockOpenAIOptions {
  if (!ACCESS.some((member) => nearer[member] !== undefined)) return environment;
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !ACCESS.some((member) => member === name)),
  );
}

async function configOf({ config: file }: Flags, io: Io): Promise<Config> {
  if (file === undefined) return { options: {}, server: {} };
  const { readConfig } = await import("./config.ts");
  return readConfig(file, io);
}

async function startEmulator(
  given: BedrockOpenAIOptions,
  environment: Io["environment"],
): Promise<Pick<Settings, "options" | "close">> {
  const { EMULATOR_CREDENTIALS, startBedrockEmulator } = await import("../../src/testing/index.ts");
  const { profile: _, apiKey: __, role: ___, webIdentityToken: ____, models = {}, ...others } = given;
  const region = given.region ?? saidRegion(environment)?.region ?? "us-east-1";
  const emulator = await startBedrockEmulator({ region });
  const options = {
    ...others,
    models: Object.fromEntries(Object.entries(models).map(([name, entry]) => [name, withoutAccess(entry)])),
    region,
    endpoint: emulator.url,
    credentials: EMULATOR_CREDENTIALS,
  };
  return { options, close: () => emulator.close() };
}

/** An entry with an account or a host of its own would still call AWS. A server of the operator's own stays. */
function withoutAccess(entry: string | ModelEntry): string | ModelEntry {
  if (typeof entry === "string") return entry;
  const { apiKey, ...others } = entry;
  for (const member of ["credentials", "profile", "role", "webIdentityToken", "endpoint"] as const)
    delete others[member];
  return apiKey !== undefined && others.url !== undefined ? { ...others, apiKey } : others;
}
