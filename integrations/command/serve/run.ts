import { bedrockOpenAI } from "../../../adapters/node.ts";
import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../../src/index.ts";
import { type Flags, settingsOf } from "../options-of.ts";
import { createAfterAnswers } from "./after-answers.ts";
import { createDrain, type Drain } from "./drain.ts";
import { createCallLog } from "./call-log.ts";
import { greet, greetInJson, type Greeting } from "./greeting.ts";
import { listen } from "./listen.ts";
import { neighboursAnd } from "./neighbours.ts";
import { type DoorFlags, doorOptions, pagesOf } from "./pages.ts";
import { openRedis, type RedisStore } from "./redis-store.ts";
import { type MetricsServer, serveMetrics } from "./serve-metrics.ts";
import { planServe, type ServeFlags, type ServePlan } from "./plan.ts";
import { CommandFailure, type Io } from "../terminal.ts";

/**
 * Listens until a signal.
 * @throws CommandFailure for what cannot be served.
 */
export async function serve(flags: Flags & ServeFlags & DoorFlags, io: Io): Promise<void> {
  const settings = await settingsOf(flags, io);
  let metrics: MetricsServer | undefined;
  let redis: RedisStore | undefined;
  try {
    const plan = planServe(flags, settings.server, io.environment);
    const options = { ...settings.options, ...doorOptions(flags, settings.options) };
    redis = await openRedis(settings.server.storeUrl);
    // What is kept in this process nobody could read after its end.
    const after = redis && createAfterAnswers();
    const handler = handlerOf({
      ...options,
      ...(redis && { store: redis.store }),
      ...(after && { waitUntil: after.waitUntil }),
      logger: createCallLog(io, { form: plan.log, quiet: plan.quiet }),
      ...(plan.apiKeys && { apiKeys: plan.apiKeys }),
      ...(plan.isForNeighbours && { authorize: neighboursAnd(pagesOf(options.cors)) }),
    });
    metrics = await serveMetrics(plan);
    const { server, port } = await listen(bedrockOpenAI(handler), plan.port, plan.host);
    const { models = {} } = settings.options;
    const { isEmulator } = settings;
    const greeting: Greeting = { plan, port, metricsPort: metrics?.port, models, isEmulator };
    if (!plan.quiet) io.out(plan.log === "json" ? greetInJson(greeting) : greet(greeting, io.style.stdout));
    await stopped(createDrain(server, plan.grace, after), plan, io);
  } finally {
    metrics?.close();
    redis?.close();
    await settings.close();
  }
}

/** Options that make no sense are the caller's fault, not ours: no stack. */
function handlerOf(options: BedrockOpenAIOptions): BedrockOpenAIHandler {
  try {
    return createBedrockOpenAIHandler(options);
  } catch (error) {
    if (error instanceof TypeError) throw new CommandFailure(error.message.replace(/^bedrock-openai: /, ""));
    throw error;
  }
}

async function stopped(drain: Drain, { grace, quiet }: ServePlan, io: Io): Promise<void> {
  await new Promise<void>((resolve) => {
    let signals = 0;
    io.onStop((signal) => {
      signals += 1;
      if (signals > 1) return drain.cut();
      const drained = drain.start();
      // Told once it is true: who reads it and connects is refused, not let in and reset.
      if (!quiet)
        io.err(
          `${signal}: no new callers; answers may end within ${grace / 1000} s. A second signal cuts them.\n`,
        );
      void drained.then(({ wasCut }) => {
        if (wasCut) io.err(`${io.style.stderr("yellow", "warning:")} answers that had not ended were cut.\n`);
        resolve();
      });
    });
  });
}
