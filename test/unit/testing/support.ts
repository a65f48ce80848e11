import { afterEach } from "vitest";
import { startBedrockEmulator } from "../../../src/testing/index.ts";
import type { BedrockEmulator, EmulatorOptions } from "../../../src/testing/index.ts";

export const CLAUDE_4_5 = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const CLAUDE_OPUS_4_8 = "us.anthropic.claude-opus-4-8";
export const NOVA = "amazon.nova-pro-v1:0";
export const HIDDEN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";

const running: BedrockEmulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

/** An emulator that is closed after the test. */
export async function emulator(options?: EmulatorOptions): Promise<BedrockEmulator> {
  const started = await startBedrockEmulator(options);
  running.push(started);
  return started;
}

export type Body = Record<string, unknown>;

export const says = (text: string) => ({ role: "user", content: [{ text }] });
export const hello: Body = { messages: [says("hello")] };

/** A call without an SDK between, so that it may be as wrong as it likes. */
export async function post(
  bedrock: BedrockEmulator,
  body: Body | string,
  { model = HIDDEN, operation = "converse", headers = {} as Record<string, string> } = {},
) {
  const response = await fetch(`${bedrock.url}/model/${encodeURIComponent(model)}/${operation}`, {
    method: "POST",
    headers: { authorization: "Bearer key", "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

/** The message with which a request is refused, or "accepted". */
export async function verdict(bedrock: BedrockEmulator, body: Body, model = HIDDEN, operation = "converse") {
  const { status, json, text } = await post(bedrock, body, { model, operation });
  if (status === 200) return "accepted";
  return `${status} ${(json() as { message: string }).message ?? text}`;
}

/** A 2×3 red RGB PNG. */
export const RED_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEklEQVR4nGO4w8V1h4uLAYUCAEARBaHR2m5fAAAAAElFTkSuQmCC";
