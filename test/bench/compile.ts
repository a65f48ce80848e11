import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STAND_IN } from "../support/network/certificates.ts";

const root = join(import.meta.dirname, "../..");

/** Where the programs that are measured stand once compiled. */
export const COMPILED = join(import.meta.dirname, "dist");

/** The certificate of the load server, which those programs trust. */
export const AUTHORITY = join(COMPILED, "authority.pem");

/**
 * Compiles what is measured, so that older Nodes run it too. The library and all packages stay what they are: a folder
 * deep in here, `../../../dist` is the library's build, before and after.
 */
export async function compile(): Promise<void> {
  const { build } = await import("tsup");
  await build({
    config: false,
    entry: ["ask", "heap", "held", "peak", "slow", "serve"].map((name) =>
      join(import.meta.dirname, "subject", `${name}.ts`),
    ),
    outDir: COMPILED,
    outExtension: () => ({ js: ".mjs" }),
    format: ["esm"],
    target: "node20",
    platform: "node",
    external: [/^\.\.\/\.\.\/\.\.\/dist\//],
    skipNodeModulesBundle: true,
    clean: true,
    silent: true,
    tsconfig: join(root, "tsconfig.json"),
  });
  mkdirSync(COMPILED, { recursive: true });
  writeFileSync(AUTHORITY, STAND_IN.cert);
}
