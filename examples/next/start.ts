/** Builds the Next.js app beside this file and serves it on loopback. */
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { EMULATOR_CREDENTIALS } from "bedrock-openai/testing";
import { findBedrock } from "../bedrock.ts";

const dir = import.meta.dirname;

const { options, isEmulator } = await findBedrock();
// The app itself knows nothing of the emulator: `bedrockOpenAI()` finds AWS where the SDK does.
if (isEmulator)
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL: options.endpoint,
    AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
  });
Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });

console.log("Building the app …");
const command = createRequire(import.meta.url).resolve("next/dist/bin/next");
const build = spawnSync(process.execPath, [command, "build", dir], { encoding: "utf8" });
if (build.status !== 0) {
  console.error(`next build failed:\n${build.stdout}${build.stderr}`);
  process.exit(1);
}

const { default: next } = await import("next");
const app = next({ dir, dev: false, hostname: "127.0.0.1" });
await app.prepare();
const server = createServer(app.getRequestHandler());
server.on("error", (error) => {
  console.error(`Cannot listen: ${error.message}. Choose another port with PORT=….`);
  process.exit(1);
});
server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(
    `Open http://127.0.0.1:${port} (Ctrl+C stops it). Its API speaks OpenAI at http://127.0.0.1:${port}/api/v1`,
  );
});
