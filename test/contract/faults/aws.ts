import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../src/testing/index.ts";
import { NOVA } from "../../support/bedrock.ts";
import { type Act, openRawServer, type RawServer } from "../../support/raw-server.ts";
import { chatRequest } from "../../support/requests.ts";
import { certificate } from "../../unit/testing/tls-fixture.ts";
import { embeddingRequest, TITAN } from "../embeddings-asked.ts";
import { answer } from "./acts/say.ts";
import type { Way } from "./fault.ts";

/** A handler whose AWS is a bare socket. */
export interface Aws {
  server: RawServer;
  logged: string[];
  withOptions(options: BedrockOpenAIOptions): BedrockOpenAIHandler;
}

/** @param otherwise What every call gets for which nothing else is said. */
export async function openAws({
  otherwise = answer,
  tls = false,
}: { otherwise?: Act; tls?: boolean } = {}): Promise<Aws> {
  const server = await openRawServer(otherwise, tls ? certificate : undefined);
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const withOptions = (options: BedrockOpenAIOptions): BedrockOpenAIHandler =>
    createBedrockOpenAIHandler({
      endpoint: server.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
      retries: 0,
      logger: { error: log, warn: log },
      ...options,
    });
  return { server, logged, withOptions };
}

/** Who is asked: Converse and InvokeModel. */
export const MODELS: Readonly<Record<Way, string>> = { whole: NOVA, stream: NOVA, embeddings: TITAN };

const STREAMED = { stream: true, stream_options: { include_usage: true } };

interface Asking {
  signal?: AbortSignal;
  prompt?: string;
  model?: string;
}

/** A request as each way makes it. */
export function requestFor(way: Way, asking: Asking = {}): Request {
  const { signal, prompt = "Hello", model = MODELS[way] } = asking;
  const request =
    way === "embeddings"
      ? embeddingRequest({ model, input: prompt })
      : chatRequest({
          model,
          messages: [{ role: "user", content: prompt }],
          ...(way === "stream" && STREAMED),
        });
  // A Request's own signal only follows the one that it is given.
  if (signal) Object.defineProperty(request, "signal", { value: signal });
  return request;
}
