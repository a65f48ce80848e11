import type { BedrockEmulator } from "../../../../src/testing/index.ts";
import { emulator, post } from "../support.ts";
import type { Body } from "../support.ts";

/** InvokeModel without an SDK between. */
export async function invoke(
  model: string,
  body: Body | string,
  { bedrock, headers = {} }: { bedrock?: BedrockEmulator; headers?: Record<string, string> } = {},
) {
  return post(bedrock ?? (await emulator()), body, { model, operation: "invoke", headers });
}

/** The native body of an answer, or the message of a refusal. */
export async function answerOf(model: string, body: Body, bedrock?: BedrockEmulator): Promise<Body> {
  const { json } = await invoke(model, body, bedrock && { bedrock });
  return json() as Body;
}

/** What a body is refused with, or "accepted". */
export async function verdictOf(model: string, body: Body, bedrock?: BedrockEmulator): Promise<string> {
  const { status, json } = await invoke(model, body, bedrock && { bedrock });
  return status === 200 ? "accepted" : `${status} ${(json() as { message: string }).message}`;
}

const refusal = (what: string) =>
  `400 Malformed input request: ${what}, please reformat your input and try again.`;
export { refusal };

/** The native chunks of a stream; the frames are AWS's own client's to read, in `sdk.test.ts`. */
export async function chunksOf(
  model: string,
  body: Body,
  bedrock?: BedrockEmulator,
  headers: Record<string, string> = {},
): Promise<Body[]> {
  const { url } = bedrock ?? (await emulator());
  const response = await fetch(`${url}/model/${encodeURIComponent(model)}/invoke-with-response-stream`, {
    method: "POST",
    headers: { authorization: "Bearer key", "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return payloads(Buffer.from(await response.arrayBuffer())).map(
    ({ bytes }) => JSON.parse(Buffer.from(bytes, "base64").toString()) as Body,
  );
}

function payloads(body: Buffer): { bytes: string }[] {
  const all: { bytes: string }[] = [];
  for (let at = 0; at < body.length; at += body.readUInt32BE(at)) {
    const from = at + 12 + body.readUInt32BE(at + 4);
    const to = at + body.readUInt32BE(at) - 4;
    all.push(JSON.parse(body.subarray(from, to).toString()) as { bytes: string });
  }
  return all;
}

/** Walks a path such as `choices.0.text`; undefined where it ends early. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);
}
