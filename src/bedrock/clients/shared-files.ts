import { homedir } from "node:os";
import { join, sep } from "node:path";
import { loadSdkConfig } from "./sdk-config.ts";

const { statSync } = process.getBuiltinModule("node:fs");

/** The shared configuration file and that of credentials, where the SDK looks for them. */
export function sharedFiles(): string[] {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  const home = homeFolder();
  const files = [AWS_CONFIG_FILE || "~/.aws/config", AWS_SHARED_CREDENTIALS_FILE || "~/.aws/credentials"];
  return files.map((file) => (file.startsWith("~/") ? join(home, file.slice(2)) : file));
}

/** As the SDK looks for it. */
function homeFolder(): string {
  const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = `C:${sep}` } = process.env;
  return HOME || USERPROFILE || (HOMEPATH ? `${HOMEDRIVE}${HOMEPATH}` : homedir());
}

/** What a shell passes on by a pipe can be read once. What may not be looked at is none. */
export function isPipe(file: string): boolean {
  try {
    return statSync(file).isFIFO();
  } catch {
    return false;
  }
}

let reading: Promise<void> | undefined;

/**
 * The SDK reads them once in the life of a process, whatever is written there later. This has it read them again, once for all who ask
 * meanwhile. What cannot be read is none; nothing is thrown.
 */
export const rereadSharedFiles = (): Promise<void> =>
  (reading ??= reread().finally(() => (reading = undefined)));

async function reread(): Promise<void> {
  try {
    if (!sharedFiles().some(isPipe)) await loadSdkConfig()?.loadSharedConfigFiles({ ignoreCache: true });
  } catch {
    // A user whom the system does not know has no home folder.
  }
}
