/** `failure` is what nothing works without; `warning` what some things do not work without. */
export type Level = "ok" | "warning" | "failure" | "skipped";

/** What one check found. */
export interface Finding {
  check: string;
  level: Level;
  detail: string;
  /** What to do, in one line. */
  cure?: string;
}
