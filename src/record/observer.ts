import type { CallEvent } from "./usage-event.ts";
import type { Watched } from "./watched.ts";

/** One who is told of calls. What it leaves out costs a call nothing. */
export interface Observer {
  around?<T>(context: Watched, call: () => Promise<T>): Promise<T>;
  asked?(context: Watched): void;
  /** Default: it wants to know of every end. */
  wants?(context: Watched): boolean;
  over(context: Watched, event: CallEvent): void;
}
