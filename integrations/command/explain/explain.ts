import type { Command } from "commander";
import { BedrockOpenAIError, describeModel } from "../../../src/index.ts";
import { type LocalHandler, openHandler, type Told } from "../call-handler.ts";
import { cureOf } from "../doctor/cures.ts";
import { pathFor } from "./path.ts";
import { type Explanation, printExplanations } from "./print.ts";
import { readRequestFile, type RequestFile } from "./request.ts";
import { type Flags, settingsOf, withFlags } from "../options-of.ts";
import { CommandFailure, type Io } from "../terminal.ts";

interface ExplainFlags extends Flags {
  json?: boolean;
  path?: string;
  model?: string;
}

const HELP = `
Nothing is sent to the model, and no credentials are needed.

Examples:
  $ bedrock-openai explain request.json                          what would AWS get?
  $ bedrock-openai explain request.json --model amazon.nova-pro-v1:0
  $ echo '{"model":"gpt-4o","messages":[…]}' | bedrock-openai explain - -c config.yaml`;

export function registerExplain(program: Command, io: Io): void {
  const command = program
    .command("explain")
    .description("Show what a request for OpenAI becomes on Bedrock: model, call, body, and what is changed.")
    .argument("<file>", "the body of the request, as JSON; - for standard input")
    .option("--path <path>", "the request's path, such as /v1/embeddings (default: told by the body)")
    .option("--model <model>", "ask this model in the place of the request's")
    .option("--json", "print the explanation as JSON, files in full")
    .addHelpText("after", HELP);
  withFlags(command).action((file: string, flags: ExplainFlags) => explain(file, flags, io));
}

async function explain(file: string, flags: ExplainFlags, io: Io): Promise<void> {
  const request = await readRequestFile(file, flags.model, io);
  const settings = await settingsOf(flags, io);
  try {
    const local = openHandler(settings.options);
    const told = await ask(local, request, flags.path);
    if (flags.json) io.out(`${JSON.stringify(told.body, null, 2)}\n`);
    if (told.error) throw new CommandFailure(sentenceOf(told));
    await warnOfUnknown(request.body["model"], local, io);
    if (!flags.json) printExplanations([told.body as Explanation | Explanation[]].flat(), io);
  } finally {
    await settings.close();
  }
}

async function ask(
  local: LocalHandler,
  { text, body }: RequestFile,
  path: string | undefined,
): Promise<Told> {
  const trailing = path === undefined ? await pathFor(body, local.handler) : trailingOf(path);
  return local.ask(trailing, { body: text, headers: { "x-bedrock-explain": "1" } });
}

/** An explanation tells what would be sent, also to a model that is none. */
async function warnOfUnknown(model: unknown, { handler }: LocalHandler, io: Io): Promise<void> {
  if (typeof model !== "string" || /moderation|guardrail/.test(model)) return;
  const unknown = await describeModel(model, handler).then(
    () => undefined,
    (error: unknown) => (BedrockOpenAIError.isInstance(error) ? error.message : undefined),
  );
  if (unknown !== undefined) io.err(`${io.style.stderr("yellow", "warning:")} ${unknown}\n`);
}

/** `https://api.openai.com/v1/chat/completions`, `/v1/chat/completions`, `chat/completions` → `/chat/completions`. */
const trailingOf = (path: string): string =>
  `/${path.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/^\/?(v1\/)?/, "")}`;

/** OpenAI's error as a client would get it, and what this command knows beyond it. */
function sentenceOf(told: Told): string {
  const { message = "", param, code } = told.error ?? {};
  const facts = [
    `HTTP ${told.status}`,
    ...(param == null ? [] : [`param: ${param}`]),
    ...(code == null ? [] : [`code: ${code}`]),
  ];
  const cure = cureOf(told);
  return [`${message}\n  (${facts.join(", ")})`, ...(cure === undefined ? [] : [`  Do: ${cure}`])].join("\n");
}
