import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import type { Session } from "./keys.ts";

type Keys = Pick<Session, "accessKeyId" | "secretAccessKey"> & Partial<Session>;

/** A place for the shared file of credentials, for one test; there is none until keys are written. */
export function credentialsFile(profile = "default"): { write(keys: Keys): void } {
  const folder = mkdtempSync(join(tmpdir(), "credentials-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "credentials");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", file);
  return {
    write({ accessKeyId, secretAccessKey, sessionToken }) {
      const lines = [
        `[${profile}]`,
        `aws_access_key_id = ${accessKeyId}`,
        `aws_secret_access_key = ${secretAccessKey}`,
        ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
      ];
      writeFileSync(file, `${lines.join("\n")}\n`);
    },
  };
}
