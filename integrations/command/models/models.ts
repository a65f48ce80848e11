import type { Command } from "commander";
import { type LocalHandler, openHandler } from "../call-handler.ts";
import { cureOf, detailOf } from "../doctor/cures.ts";
import { type ListedModel, isListedByDefault, matches } from "./list.ts";
import { printModels } from "./print.ts";
import { type Flags, settingsOf, withFlags } from "../options-of.ts";
import { withProgress } from "../progress.ts";
import { CommandFailure, type Io } from "../terminal.ts";

interface ModelsFlags extends Flags {
  json?: boolean;
  all?: boolean;
}

const HELP = `
Examples:
  $ bedrock-openai models                    what this account can call
  $ bedrock-openai models claude us.         only those with both words in them
  $ bedrock-openai models --json embedding   as GET /v1/models has it`;

export function registerModels(program: Command, io: Io): void {
  const command = program
    .command("models")
    .description("List the models that this account can call.")
    .argument("[words...]", "only models with all of these words in id, name, kind or vendor")
    .option("--json", "print the list as GET /v1/models has it")
    .option("--all", "also what AWS calls legacy")
    .addHelpText("after", HELP);
  withFlags(command).action((words: string[], flags: ModelsFlags) => showModels(words, flags, io));
}

async function showModels(words: readonly string[], flags: ModelsFlags, io: Io): Promise<void> {
  const settings = await settingsOf(flags, io);
  try {
    const local = openHandler(settings.options);
    const all = await withProgress(io, "Asking AWS for its models …", () => list(local));
    for (const { message } of local.remarks) {
      const told = message.replace(/^bedrock-openai: /, "");
      io.err(`${io.style.stderr("yellow", "warning:")} ${told}\n`);
    }
    const found = all.filter((model) => matches(model, words));
    const shown = flags.all ? found : found.filter(isListedByDefault);
    if (flags.json) io.out(`${JSON.stringify({ object: "list", data: shown }, null, 2)}\n`);
    else printModels(shown, io, { withStatus: flags.all === true });
    const hidden = found.length - shown.length;
    if (shown.length === 0) throw new CommandFailure(nothing(words, hidden));
    if (!flags.json) io.err(`${summary(shown.length, hidden)}\n`);
  } finally {
    await settings.close();
  }
}

/** @throws CommandFailure with what is to be done, where AWS gives no list. */
async function list({ ask }: LocalHandler): Promise<readonly ListedModel[]> {
  const told = await ask("/models");
  if (told.error) throw new CommandFailure([detailOf(told), cureOf(told)].join(" ").trim());
  return (told.body as { data: ListedModel[] }).data;
}

function nothing(words: readonly string[], hidden: number): string {
  if (hidden > 0) return `Only models that AWS calls legacy match: ${hidden}. Show them with --all.`;
  if (words.length > 0) return `No model has '${words.join("' and '")}' in its id, name, kind or vendor.`;
  return "AWS lists no model in this Region. Choose another with --region.";
}

function summary(shown: number, hidden: number): string {
  const models = shown === 1 ? "1 model" : `${shown} models`;
  return hidden > 0 ? `${models}; --all also shows ${hidden} that AWS calls legacy.` : `${models}.`;
}
