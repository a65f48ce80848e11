import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");

/** A project of a reader's: the files, and beside them nothing but the packages that they import. */
export interface Project {
  folder: string;
  remove(): void;
}

export function createProject(files: Record<string, string>): Project {
  if (!existsSync(join(ROOT, "dist/index.js"))) throw new Error("The recipes need `npm run build` first.");
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "recipes-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "reader", type: "module" }));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const packages = new Set(Object.values(files).flatMap(packagesOf));
  // Express and Koa have their types beside them.
  const types = [...packages].map((name) => `@types/${name}`).filter((name) => isInstalled(name));
  for (const name of [...packages, ...types, "@types/node"]) {
    const target = join(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(name === "bedrock-openai" ? ROOT : join(ROOT, "node_modules", name), target, "junction");
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const isInstalled = (name: string): boolean => existsSync(join(ROOT, "node_modules", name));

const packagesOf = (code: string): string[] =>
  [...code.matchAll(/ from "((?:@[^/"]+\/)?[^/"]+)/g)]
    .map(([, name]) => name!)
    .filter((name) => !name.startsWith("node:"));
