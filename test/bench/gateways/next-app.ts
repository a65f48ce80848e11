import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { SUBJECT_NODE } from "../child.ts";

/** The example's app, which answers under `/api/v1`. */
export const NEXT_APP = join(import.meta.dirname, "../../../examples/next");

/** Builds it for production. @throws what Next says where it cannot. */
export function buildNextApp(): void {
  const command = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const { status, stdout, stderr } = spawnSync(SUBJECT_NODE, [command, "build", NEXT_APP], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`next build failed:\n${stdout}${stderr}`);
}
