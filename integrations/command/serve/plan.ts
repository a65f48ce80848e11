import type { ServerSettings } from "../config.ts";
import { CommandFailure, EXIT, type Io } from "../terminal.ts";
import type { LogForm } from "./call-log.ts";
import { isLoopback } from "./neighbours.ts";

export interface ServeFlags {
  port?: string;
  host?: string;
  apiKey?: string[];
  allowAnyone?: boolean;
  grace: string;
  quiet?: boolean;
  log: LogForm;
  metricsPort?: string;
}

/** Where to listen and to whom. */
export interface ServePlan {
  port: number;
  host: string;
  /** Undefined: whoever reaches the port may call. */
  apiKeys: string[] | undefined;
  /** The variable that holds such a key, or may hold it. */
  keyVariable: string;
  /** Only this machine reaches the port, and only what runs on it may call. */
  isForNeighbours: boolean;
  /** How long answers may still run after a signal, in milliseconds. */
  grace: number;
  quiet: boolean;
  log: LogForm;
  /** Where Prometheus finds figures; undefined where nobody asked for them. */
  metricsPort: number | undefined;
}

/** Ours first, then LiteLLM's and the access gateway's: a server that took their place keeps its keys. */
const KEY_VARIABLES = ["BEDROCK_OPENAI_API_KEY", "LITELLM_MASTER_KEY", "API_KEY"] as const;

/**
 * Flags before the configuration file, and that before the environment.
 * @throws CommandFailure (usage) for what is no port, and for an open port that nobody asked for.
 */
export function planServe(
  flags: ServeFlags,
  file: ServerSettings,
  environment: Io["environment"],
): ServePlan {
  const host = flags.host ?? file.host ?? "127.0.0.1";
  const said = keysOf(flags.apiKey) ?? keysOf(file.apiKeys);
  const variable = said ? undefined : keyVariableIn(environment);
  const apiKeys = said ?? (variable === undefined ? undefined : keysOf([environment[variable] ?? ""]));
  if (!apiKeys && !flags.allowAnyone && !isLoopback(host)) throw openPort(host);
  return {
    port: portOf(flags, file, environment),
    host,
    apiKeys,
    keyVariable: variable ?? KEY_VARIABLES[0],
    isForNeighbours: !apiKeys && !flags.allowAnyone,
    grace: secondsOf(flags.grace) * 1000,
    quiet: flags.quiet === true,
    log: flags.log,
    metricsPort:
      flags.metricsPort === undefined ? file.metricsPort : portIn(flags.metricsPort, "--metrics-port"),
  };
}

function keysOf(keys: readonly string[] | undefined): string[] | undefined {
  if (keys === undefined || keys.length === 0) return undefined;
  if (keys.some((key) => key.trim() === "")) throw usage("An API key must not be empty.");
  return [...keys];
}

/** A variable that is set and empty is one that is not set: so are they passed on to containers. */
const keyVariableIn = (environment: Io["environment"]): string | undefined =>
  KEY_VARIABLES.find((name) => (environment[name] ?? "").trim() !== "");

function portOf(flags: ServeFlags, file: ServerSettings, environment: Io["environment"]): number {
  if (flags.port !== undefined) return portIn(flags.port, "--port");
  if (file.port !== undefined) return file.port;
  return environment["PORT"] ? portIn(environment["PORT"], "PORT") : 8080;
}

function portIn(text: string, name: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw usage(`${name} must be a port, 0 to 65535, not '${text}'.`);
  return port;
}

/** A timer holds no more than 24 days; a day is more than any answer lasts. */
const LONGEST_GRACE = 86_400;

function secondsOf(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= LONGEST_GRACE))
    throw usage(`--grace must be seconds, 0 to ${LONGEST_GRACE}, not '${text}'.`);
  return seconds;
}

const openPort = (host: string): CommandFailure =>
  usage(
    `Not listening on ${host} without API keys, since whoever reaches the port would call models on your AWS account: ` +
      `set ${KEY_VARIABLES[0]} or give --api-key, or give --allow-anyone where something else keeps strangers out.`,
  );

const usage = (message: string): CommandFailure => new CommandFailure(message, EXIT.usage);
