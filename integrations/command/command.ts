import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { registerDoctor } from "./doctor/doctor.ts";
import { registerExplain } from "./explain/explain.ts";
import { registerModels } from "./models/models.ts";
import { registerServe } from "./serve/serve.ts";
import { CommandFailure, EXIT, type ExitCode, type Io } from "./terminal.ts";

const EXAMPLES = `
Examples:
  $ bedrock-openai serve --emulator               try it without AWS; nothing is billed
  $ bedrock-openai serve --config config.yaml     serve the models of a file
  $ bedrock-openai serve --help                   every option of a command

Region and credentials are found as the AWS SDK finds them: environment, profile, SSO, role.`;

/** The whole command as commander has it; it ends by throwing, never by ending the process. */
export function createCommand(io: Io): Command {
  const program = new Command("bedrock-openai")
    .description("Run anything written for OpenAI on every Amazon Bedrock model.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .option("--no-color", "plain text (also by the environment: NO_COLOR)")
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(io.style.stderr("red", text)),
      getOutHelpWidth: () => io.columns ?? 80,
      getErrHelpWidth: () => io.columns ?? 80,
    });
  // A command that is registered copies the settings above, so it comes after them.
  registerServe(program, io);
  registerModels(program, io);
  registerExplain(program, io);
  registerDoctor(program, io);
  return program;
}

/** Runs a command line without its first two words. Resolves when it is over; failures are told and never thrown. */
export async function runCommand(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await createCommand(io).parseAsync(words, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof CommandFailure)) throw error;
    io.err(`${io.style.stderr("red", "error:")} ${error.message}\n`);
    return error.exitCode;
  }
}

/** From the package itself, which stands one folder above `dist`, and two above the source. */
function version(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    const text = read(new URL(path, import.meta.url));
    const found = text && (JSON.parse(text) as { name?: string; version?: string });
    if (found && found.name === "bedrock-openai" && found.version) return found.version;
  }
  return "unknown";
}

function read(url: URL): string | undefined {
  try {
    return readFileSync(url, "utf8");
  } catch {
    return undefined;
  }
}
