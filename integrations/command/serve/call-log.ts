import { inspect } from "node:util";
import type { Logger } from "../../../src/index.ts";
import type { Io } from "../terminal.ts";
import { toCallLine } from "./call-line.ts";
import { toJson } from "./json-line.ts";

export const LOG_FORMS = ["text", "json"] as const;
export type LogForm = (typeof LOG_FORMS)[number];

interface CallLogOptions {
  form: LogForm;
  /** No line for a call; warnings and failures all the same. */
  quiet: boolean;
}

/** Lines for people, or one JSON object each: calls on stdout, warnings and failures on stderr. */
export function createCallLog(io: Io, { form, quiet }: CallLogOptions): Logger {
  const { error, warn, info } = form === "json" ? jsonLog(io) : textLog(io);
  return quiet ? { error, warn } : { error, warn, info };
}

const jsonLog = (io: Io): Required<Logger> => ({
  error: (message, details) => io.err(toJson("error", message, details)),
  warn: (message, details) => io.err(toJson("warn", message, details)),
  info: (message, details) => io.out(toJson("info", message, details)),
});

/** What an error quotes may be anyone's words, and a terminal obeys them. Its lines are its own. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

function textLog(io: Io): Required<Logger> {
  const { stdout, stderr } = io.style;
  const tell =
    (mark: string): Logger["error"] =>
    (message, details) =>
      io.err(`${mark} ${message} ${inspect(details).replaceAll(CONTROL, "?")}\n`);
  return {
    error: tell(stderr("red", "error:")),
    warn: tell(stderr("yellow", "warning:")),
    info: (_, details) => io.out(`${toCallLine(details, stdout)}\n`),
  };
}
