import type { Courier } from "../courier/courier.ts";
import type { Delivery } from "../courier/parcel.ts";
import type { Tries } from "../../tries.ts";
import { fromAwsError } from "../errors/errors.ts";
import type { NativeApi, NativeModel } from "../models/native-models.ts";
import type { Target } from "../models/target.ts";

export interface NativePost {
  target: Target;
  api: NativeApi;
  headers?: Readonly<Record<string, string>> | undefined;
  body: Uint8Array;
  signal: AbortSignal;
  tries?: Tries | undefined;
}

/** Posts to AWS's native endpoints, on the host and under the path that serve the target. */
export interface NativePoster {
  /** @throws BedrockOpenAIError */
  send(post: NativePost): Promise<Delivery>;
  /** As far as is known: AWS may have told of another one. */
  pathOf(target: Target, api: NativeApi): string;
}

const PATHS: Readonly<Record<NativeApi, string>> = {
  chat: "/chat/completions",
  responses: "/responses",
  messages: "/messages",
};

/** The two base paths of mantle; which model lives under which, AWS changes its mind about. */
const OTHER_BASE: Readonly<Partial<Record<NativeModel["path"], NativeModel["path"]>>> = {
  "/v1": "/openai/v1",
  "/openai/v1": "/v1",
};

const WRONG_ROUTE = /isn.t supported on this route/i;

const MAX_MODELS = 500;

export function createNativePoster(courier: Courier): NativePoster {
  const moved = new Map<string, NativeModel["path"]>();

  const baseOf = ({ modelId, native }: Target): NativeModel["path"] => moved.get(modelId) ?? native!.path;

  const post = async (
    { target, api, headers, body, signal, tries }: NativePost,
    base: string,
  ): Promise<Delivery> => {
    const delivery = await courier({
      operation: "InvokeModel",
      modelId: target.modelId,
      region: target.region,
      account: target.account,
      to: { host: target.native!.host, method: "POST", path: base + PATHS[api] },
      ...(headers && { headers }),
      body,
      signal,
      tries,
    });
    return delivery.output ? { ...delivery, body: bytesOf(delivery.output) } : delivery;
  };

  const posted = async (letter: NativePost): Promise<Delivery> => {
    const { target } = letter;
    const base = baseOf(target);
    try {
      return await post(letter, base);
    } catch (thrown) {
      const other = target.native!.host === "mantle" ? OTHER_BASE[base] : undefined;
      if (!other || !WRONG_ROUTE.test((thrown as Error).message)) throw thrown;
      const delivery = await post(letter, other);
      moved.set(target.modelId, other);
      if (moved.size > MAX_MODELS) moved.delete(moved.keys().next().value!);
      return delivery;
    }
  };

  return {
    pathOf: (target, api) => baseOf(target) + PATHS[api],
    async send(letter) {
      try {
        return await posted(letter);
      } catch (thrown) {
        throw fromAwsError(thrown, letter.target.modelId);
      }
    },
  };
}

/** What a test double of the SDK's client answered in the place of AWS. */
async function* bytesOf(output: unknown): AsyncGenerator<Uint8Array> {
  const { body } = output as { body?: Uint8Array | string };
  if (body !== undefined) yield typeof body === "string" ? new TextEncoder().encode(body) : body;
}
