import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Account } from "./account.ts";
import type { KeyPair } from "./auth/credentials.ts";
import { runExchange } from "./exchange.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import type { Reply } from "./reply.ts";
import { createListener } from "./wire/listener.ts";

export interface EmulatorOptions {
  /** Default: 0, any free port. */
  port?: number;
  /** Default: `127.0.0.1`. */
  host?: string;
  /** The region in ARNs and messages. Default: `us-east-1`. */
  region?: string;
  /**
   * The only access key that it takes; others are refused, as those of another AWS account would be. Default: every key of the
   * right shape, of which the signatures by `EMULATOR_CREDENTIALS` are proven. API keys are taken all the same.
   */
  credentials?: KeyPair;
  /** Milliseconds between the streamed frames of un-scripted answers, for demos. Default: 0. */
  tokenDelayMs?: number;
  /** PEM key and certificate; with them the emulator speaks https. */
  tls?: { key: string; cert: string };
}

export interface BedrockEmulator {
  /** `http://127.0.0.1:PORT`; give it as the `endpoint`. */
  readonly url: string;
  /** Every request so far, the oldest first, refused ones included. */
  readonly requests: readonly RecordedRequest[];
  /** TCP connections accepted so far. */
  readonly connections: number;
  /** Requests whose answer is not finished and whose socket is open. */
  readonly openRequests: number;
  /**
   * What the next calls of Converse, InvokeModel, their streams, the native paths, Rerank, ApplyGuardrail and
   * InvokeGuardrailChecks get, in order.
   * A call that AWS would refuse is refused and uses nothing up. When the queue is empty, the emulator answers by itself.
   */
  enqueue(...replies: Reply[]): void;
  /**
   * Makes the next calls of an operation fail with an AWS error, whatever they ask: `ListImportedModels`,
   * `GetInferenceProfile`, any name that `requests[].operation` shows. `times` defaults to 1; `Infinity` is for good.
   */
  refuse(operation: string, error: { name: string; message: string }, times?: number): void;
  /** Forgets the queue, the refusals, the requests and the prompt cache. */
  reset(): void;
  /** Stops listening and closes all sockets; never hangs. */
  close(): Promise<void>;
}

/**
 * Starts a server that speaks Bedrock's wire: Converse, ConverseStream, InvokeModel, InvokeModelWithResponseStream,
 * CountTokens, and of the control plane what lists and shows models, inference profiles, imported, custom, deployed and
 * provisioned models, prompt routers and marketplace endpoints. What the account owns is fixed, and exported beside
 * this function: `APPLICATION_PROFILES`, `IMPORTED_MODELS`, `CUSTOM_MODEL`, `PROVISIONED_MODELS`, `PROMPT_ROUTERS`,
 * with `accountArn` and `marketplaceArn` for their ARNs.
 *
 * ApplyGuardrail and InvokeGuardrailChecks (in the Regions where AWS has it) find harm by words: `hate`, `stupid`,
 * `idiot`, `sex`, `porn`, `kill`, `violence`, `steal`, `bomb`, `ignore previous instructions`, `investment advice`, the
 * more the worse, and weaker ones such as `damn` and `fight`; e-mail addresses and telephone numbers; and images that are
 * red, which is violence. There is a guardrail of every id: one that begins with `text` looks at no images, with `words`
 * has a word policy alone, with `detect` tells and does nothing, and with `missing` does not exist.
 *
 * Vectors have the length 1, are the same for the same input, and are the closer the more words two texts share. Images are
 * real PNGs of the size that was asked for, in the colour that the prompt names; an edit paints where its mask says. Prompts
 * with `nsfw`, `filtered-input`, `filtered-output`, `moderated` or `inference-error` meet the filters, each in its family's way.
 *
 * The same port is bedrock-agent-runtime for Rerank, which takes signatures alone and gives 500 results an answer. It
 * is bedrock-mantle too, and both hosts' native paths: Chat Completions and Responses in OpenAI's shape,
 * Messages in Anthropic's, mantle's models. A request is mantle's when it is signed for `bedrock-mantle`; with an API
 * key, when its path is mantle's alone or its model's id is one that only mantle serves there. Rejects when the port cannot be had.
 */
export async function startBedrockEmulator(options: EmulatorOptions = {}): Promise<BedrockEmulator> {
  const { port = 0, host = "127.0.0.1", region = "us-east-1", tokenDelayMs = 0, tls, credentials } = options;
  const account = new Account(region, tokenDelayMs, credentials);
  const sockets = new Set<Socket>();
  let connections = 0;
  let openRequests = 0;
  let closing = false;

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    openRequests += 1;
    response.once("close", () => (openRequests -= 1));
    void runExchange(account, request, response, () => closing);
  };
  const server = createListener(serve, tls);
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });

  const address = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    requests: account.requests,
    get connections() {
      return connections;
    },
    get openRequests() {
      return openRequests;
    },
    enqueue: (...replies) => void account.queue.push(...replies),
    refuse: (operation, { name, message }, times = 1) =>
      void account.refusals.set(operation, { error: { name, message }, times }),
    reset: () => account.reset(),
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
