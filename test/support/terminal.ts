import { runCommand } from "../../integrations/command/command.ts";
import { type ExitCode, type Io, styleOf } from "../../integrations/command/terminal.ts";

export interface Shown {
  exitCode: ExitCode;
  out: string;
  err: string;
}

export interface TerminalFacts {
  columns?: number;
  /** A person looks at both streams. */
  isTTY?: boolean;
  colours?: boolean;
  environment?: Record<string, string>;
  stdin?: string;
}

/** Types a command line at a terminal that remembers what it shows. */
export async function type(words: readonly string[], facts: TerminalFacts = {}): Promise<Shown> {
  const { columns, isTTY = false, colours = false, environment = {}, stdin = "" } = facts;
  let out = "";
  let err = "";
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    stdin: (async function* () {
      yield stdin;
    })(),
    environment,
    isTTY: { stdout: isTTY, stderr: isTTY },
    columns,
    style: { stdout: styleOf(colours), stderr: styleOf(colours) },
    onStop: () => undefined,
  };
  const exitCode = await runCommand(words, io);
  return { exitCode, out, err };
}
