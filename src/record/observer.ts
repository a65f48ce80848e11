import type { CallContext } from "../context.ts";
import type { CallEvent } from "./usage-event.ts";

/** One who is told of calls. What it leaves out costs a call nothing. */
export interface Observer {
  around?<T>(context: CallContext, call: () => Promise<T>): Promise<T>;
  asked?(context: CallContext): void;
  /** Default: it wants to know of every end. */
  wants?(context: CallContext): boolean;
  over(context: CallContext, event: CallEvent): void;
}
