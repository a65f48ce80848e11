import { open } from "node:fs/promises";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { ConfigError, toLine } from "./config/fault.ts";
import { parseConfig } from "./config/parse-config.ts";
import { CommandFailure, type Io } from "./terminal.ts";

/** What a file may say that is the server's affair. */
export interface ServerSettings {
  port?: number;
  host?: string;
  apiKeys?: string[];
  metricsPort?: number;
  /** Of a Redis that the handler's `store` is to be. */
  storeUrl?: string;
}

export interface Config {
  options: BedrockOpenAIOptions;
  server: ServerSettings;
}

/** In bytes. A thousand models are 200 KB. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a configuration file; what it asks for in vain is told on stderr.
 * @throws CommandFailure that names every fault and its line, and no value.
 */
export async function readConfig(file: string, io: Io): Promise<Config> {
  const text = await readText(file);
  try {
    const { config, warnings } = parseConfig(text, io.environment);
    const mark = io.style.stderr("yellow", "warning:");
    for (const warning of warnings) io.err(`${mark} ${file}: ${toLine(warning)}\n`);
    const { port, host, apiKeys, metricsPort, store, ...others } = config;
    const server = {
      ...(port !== undefined && { port }),
      ...(host && { host }),
      ...(apiKeys && { apiKeys }),
      ...(metricsPort !== undefined && { metricsPort }),
      ...(typeof store === "string" && { storeUrl: store }),
    };
    const options = { ...others, ...(store !== undefined && typeof store !== "string" && { store }) };
    return { options, server };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandFailure(
      `${file} cannot be used:\n${error.faults.map((each) => `  ${toLine(each)}`).join("\n")}`,
    );
  }
}

async function readText(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${file} cannot be read: ${REASONS[error.code ?? ""] ?? error.message}.`);
  });
  try {
    // One byte more than is allowed tells, also of what has no size: a pipe, a device.
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    const length = await fill(handle, buffer);
    if (length > MAX_BYTES) throw new CommandFailure(`${file} cannot be used: it is larger than 1 MiB.`);
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, length));
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`${file} cannot be read: ${REASONS[code ?? ""] ?? message}.`);
  } finally {
    await handle.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8",
};

async function fill(handle: Awaited<ReturnType<typeof open>>, buffer: Buffer): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}
