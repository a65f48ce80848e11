import { callerLeft } from "../errors.ts";
import type { Watched } from "./watched.ts";

/** How a call ended. */
export interface Outcome {
  /** Of the answer; of a stream that failed later, that of the failure. */
  status: number;
  /** The code of the failure: OpenAI's, else its type, of AWS's own answers the status; `client_closed` where the caller left. */
  error: string | undefined;
}

/** What nginx calls it: nobody is there to be answered. */
const CLIENT_CLOSED = 499;

export function outcomeOf({ record, signal }: Pick<Watched, "record" | "signal">): Outcome {
  if (callerLeft(signal)) return { status: CLIENT_CLOSED, error: "client_closed" };
  const { error, status = 200 } = record;
  if (error) return { status: error.status, error: error.code ?? error.type };
  return { status, error: status >= 400 ? String(status) : undefined };
}
