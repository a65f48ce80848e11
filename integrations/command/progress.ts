import type { Io } from "./terminal.ts";

const TICK_MS = 1_000;

/** Begins the line anew and empties it. */
const ERASE = "\r\u001B[2K";

/** Tells a person at a terminal what is waited for and how long, on one line that is gone when the work is done. */
export async function withProgress<T>(io: Io, text: string, work: () => Promise<T>): Promise<T> {
  if (!io.isTTY.stderr || io.environment["TERM"] === "dumb") return work();
  const started = performance.now();
  const show = (): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    io.err(`${ERASE}${io.style.stderr("dim", seconds > 0 ? `${text} ${seconds} s` : text)}`);
  };
  show();
  const timer = setInterval(show, TICK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    io.err(ERASE);
  }
}
