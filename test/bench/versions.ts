import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ARE_PINNED } from "./cores.ts";
import type { Run } from "./results.ts";

const root = join(import.meta.dirname, "../..");

const read = (path: string): { version: string; dependencies: Record<string, string> } =>
  JSON.parse(readFileSync(path, "utf8")) as ReturnType<typeof read>;

/** Ours, and theirs as this folder pins them. */
export const versions = (): Record<string, string> => ({
  "bedrock-openai": read(join(root, "package.json")).version,
  ...read(join(import.meta.dirname, "package.json")).dependencies,
});

export function machine(): Run["machine"] {
  const all = cpus();
  return { cpu: all[0]?.model.trim() ?? "unknown", cores: all.length, pinned: ARE_PINNED };
}
