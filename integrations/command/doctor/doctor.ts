import type { Command } from "commander";
import { examine } from "./examine.ts";
import type { Finding } from "./finding.ts";
import { printFinding } from "./print.ts";
import { type Flags, settingsOf, withFlags } from "../options-of.ts";
import { withProgress } from "../progress.ts";
import { CommandFailure, type Io } from "../terminal.ts";

interface DoctorFlags extends Flags {
  json?: boolean;
  model?: string;
  /** False with `--no-calls`. */
  calls: boolean;
}

/** How long one check may take, in milliseconds. */
const PATIENCE_MS = 15_000;

const HELP = `
What is called, at most: two chats, two of AWS's OpenAI endpoints and an embedding (some 20 tokens each), a rerank of one
document and a guardrail check of one word. Checks take at most ${PATIENCE_MS / 1000} seconds each.

Examples:
  $ bedrock-openai doctor                                  can this machine use Bedrock?
  $ bedrock-openai doctor --no-calls                       without anything that AWS bills
  $ bedrock-openai doctor --model us.amazon.nova-pro-v1:0  can it use this model?`;

export function registerDoctor(program: Command, io: Io): void {
  const command = program
    .command("doctor")
    .description("Check Region, credentials, permissions and each way to Bedrock, and say what to do.")
    .option("--model <model>", "call only this model (default: cheap ones of the account's)")
    .option("--no-calls", "leave out the calls that AWS bills")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", HELP);
  withFlags(command).action((flags: DoctorFlags) => diagnose(flags, io));
}

/** @throws CommandFailure when something essential is not in order. */
async function diagnose(flags: DoctorFlags, io: Io): Promise<void> {
  const settings = await settingsOf(flags, io);
  try {
    io.err(`${costOf(flags, settings.isEmulator)}\n`);
    const findings = await collect(flags, settings, io);
    const bad = findings.filter(({ level }) => level === "failure");
    if (flags.json) io.out(`${JSON.stringify({ ok: bad.length === 0, findings }, null, 2)}\n`);
    if (bad.length === 0) return;
    throw new CommandFailure(
      `Bedrock cannot be used like this yet: see ${bad.map(({ check }) => check).join("; ")}.`,
    );
  } finally {
    await settings.close();
  }
}

async function collect(
  flags: DoctorFlags,
  settings: Awaited<ReturnType<typeof settingsOf>>,
  io: Io,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { model, calls } = flags;
  const steps = examine(
    { flags, settings, environment: io.environment },
    { model, calls, patience: PATIENCE_MS },
  );
  for (;;) {
    const { done, value = [] } = await withProgress(io, "Checking …", () => steps.next());
    if (done) return findings;
    findings.push(...value);
    if (!flags.json) for (const finding of value) printFinding(finding, io);
  }
}

/** Before anything is spent. */
function costOf({ calls, model }: DoctorFlags, isEmulator: boolean): string {
  if (isEmulator) return "Checking the emulator; nothing is billed.";
  if (!calls) return "Checking without calls that AWS bills.";
  return model === undefined
    ? "Checking with up to 7 tiny calls, some 100 tokens in all, which AWS bills; --no-calls leaves them out."
    : `Checking with tiny calls of ${model}, some 20 tokens in all, which AWS bills; --no-calls leaves them out.`;
}
