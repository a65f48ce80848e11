import { type Command, Option } from "commander";
import { type Flags, withFlags } from "../options-of.ts";
import { LOG_FORMS } from "./call-log.ts";
import type { DoorFlags } from "./pages.ts";
import type { ServeFlags } from "./plan.ts";
import type { Io } from "../terminal.ts";

const HELP = `
Environment:
  PORT                      the port, where neither --port nor the file names one
  BEDROCK_OPENAI_API_KEY    the key that callers have to send; LITELLM_MASTER_KEY and API_KEY are read too
  AWS_REGION, AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_BEARER_TOKEN_BEDROCK, …    as every AWS tool reads them

Examples:
  $ bedrock-openai serve --emulator
  $ BEDROCK_OPENAI_API_KEY=sk-… bedrock-openai serve --host 0.0.0.0 --config config.yaml
  $ bedrock-openai serve --config litellm.yaml --port 4000

Paths work with any prefix: /v1/chat/completions, /chat/completions, /api/v1/chat/completions.
The first SIGINT or SIGTERM lets answers end, within --grace; the second one cuts them.`;

export function registerServe(program: Command, io: Io): void {
  withFlags(program.command("serve").description("Listen for callers in any language, as OpenAI's API."))
    .option("-p, --port <number>", "port; 0 takes a free one (default: the file's, PORT, then 8080)")
    .option("--host <address>", "address to listen on (default: the file's, then 127.0.0.1)")
    .option("--api-key <key>", "key that callers have to send; may be given several times", collected)
    .option(
      "--cors-origin <origin>",
      "page that may call from a browser; may be given several times",
      collected,
    )
    .option("--max-concurrency <number>", "calls at the same time; one more is a 429 (default: no bound)")
    .option("--allow-anyone", "listen beyond this machine without API keys")
    .option("--grace <seconds>", "how long answers may still run after a signal", "30")
    .addOption(
      new Option("--log <form>", "a line for each call, to be read or parsed")
        .choices(LOG_FORMS)
        .default("text"),
    )
    .option(
      "--metrics-port <number>",
      "port of GET /metrics, figures for Prometheus; 0 takes a free one (default: none)",
    )
    .option("-q, --quiet", "print nothing but warnings and failures")
    .addHelpText("after", HELP)
    .action(async (flags: Flags & ServeFlags & DoorFlags) => {
      // Loaded only now: whoever asks for help does not wait for AWS's SDK.
      const { serve } = await import("./run.ts");
      await serve(flags, io);
    });
}

const collected = (one: string, others: readonly string[] = []): string[] => [...others, one];
