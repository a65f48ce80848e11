import { type Io, styleOf } from "../../../../integrations/command/terminal.ts";

export interface IoDouble {
  io: Io;
  out(): string;
  err(): string;
  /** What the person at the terminal does with Ctrl+C. */
  stop(signal?: string): void;
}

/** A world of a test's own: nobody's environment, no terminal, and everything that was written. */
export function ioDouble(environment: Io["environment"] = {}): IoDouble {
  let out = "";
  let err = "";
  const stops: ((signal: string) => void)[] = [];
  const style = { stdout: styleOf(false), stderr: styleOf(false) };
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    stdin: (async function* () {})(),
    environment,
    isTTY: { stdout: false, stderr: false },
    columns: undefined,
    style,
    onStop: (stop) => void stops.push(stop),
  };
  const stop = (signal = "SIGINT"): void => {
    for (const each of stops) each(signal);
  };
  return { io, out: () => out, err: () => err, stop };
}
