/** A fresh process that asks once and tells its worst moment. `peak.mjs <system> <endpoint> <question>` */
import { readFileSync, writeFileSync } from "node:fs";
import { serveParent } from "../child.ts";
import { QUESTIONS, type QuestionName } from "../questions/questions.ts";
import { SYSTEMS, type SystemName } from "../systems/systems.ts";

const [name, endpoint = "", question = ""] = process.argv.slice(2);
const system = await SYSTEMS[name as SystemName](endpoint);

/** Bytes of RSS at the most. */
serveParent<"ask">(async (): Promise<number> => {
  // Loads the modules and opens the connection.
  await system.chat(QUESTIONS.short)();
  const ask = system.chat(QUESTIONS[question as QuestionName]);
  globalThis.gc?.();
  forgetPeak();
  await ask();
  return process.resourceUsage().maxRSS * 1024;
});

/** Linux counts a process's peak anew after this (proc(5), `clear_refs`): making the question ready had its own. */
function forgetPeak(): void {
  writeFileSync("/proc/self/clear_refs", "5");
  if (!/^VmHWM/m.test(readFileSync("/proc/self/status", "utf8")))
    throw new Error("This system tells no peak of memory.");
}
