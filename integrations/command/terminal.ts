import { styleText } from "node:util";

/** What a command may do with the world outside: tests give it another world. */
export interface Io {
  /** What was asked for: pipes and files read it. */
  out(text: string): void;
  /** Everything else: progress, warnings, failures. */
  err(text: string): void;
  /** What was piped in. */
  stdin: AsyncIterable<Uint8Array | string>;
  environment: Readonly<Record<string, string | undefined>>;
  /** Whether a person looks at it. */
  isTTY: { stdout: boolean; stderr: boolean };
  /** The width of the terminal in characters; undefined where there is none. */
  columns: number | undefined;
  /** Colours and weights, where they are wanted; the bare text otherwise. */
  style: { stdout: Style; stderr: Style };
  /** Aborted when the person at the terminal wants to stop (Ctrl+C, SIGTERM). */
  onStop(stop: (signal: string) => void): void;
}

export type Format = Parameters<typeof styleText>[0];
export type Style = (format: Format, text: string) => string;

/** How the command ends: `usage` for what could not be understood, `failure` for what could not be done. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a sentence for the person who typed it; no stack is shown. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failure) {
    super(message);
    this.name = "CommandFailure";
    this.exitCode = exitCode;
  }
}

interface ColourFacts {
  environment: Io["environment"];
  isTTY: boolean;
  argv: readonly string[];
}

/** `--no-color` first, then FORCE_COLOR before NO_COLOR as Node has it, then whether a terminal is there. */
export function hasColours({ environment, isTTY, argv }: ColourFacts): boolean {
  if (argv.includes("--no-color")) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return !["0", "false"].includes(forced);
  if (environment["NO_COLOR"]) return false;
  return isTTY && environment["TERM"] !== "dumb";
}

export const styleOf =
  (colours: boolean): Style =>
  (format, text) =>
    colours ? styleText(format, text, { validateStream: false }) : text;

/** The world of this very process. */
export function processIo(argv: readonly string[]): Io {
  const { stdout, stderr, env: environment } = process;
  for (const stream of [stdout, stderr]) stream.on("error", ignoreBrokenPipe);
  const style = (isTTY: boolean): Style => styleOf(hasColours({ environment, isTTY, argv }));
  const isTTY = { stdout: stdout.isTTY === true, stderr: stderr.isTTY === true };
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    get stdin() {
      return process.stdin;
    },
    environment,
    isTTY,
    columns: stdout.columns,
    style: { stdout: style(isTTY.stdout), stderr: style(isTTY.stderr) },
    onStop: (stop) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
    },
  };
}

/** Whoever reads along may stop reading (`| head`); that ends neither a server nor a command with a stack. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
