import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "../../../dist");
/** Of `import … from "./a.js"`, `export … from` and `import "./a.js"`; `import("./a.js")` is for later. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Bytes, compressed file by file, of all that is read when these files of the build are imported. */
export function eagerCode(...entries: string[]): number {
  const left = entries.map((entry) => join(dist, entry));
  const found = new Set<string>();
  let bytes = 0;
  for (const file of left) {
    if (found.has(file)) continue;
    found.add(file);
    const source = readFileSync(file, "utf8");
    bytes += gzipSync(source).byteLength;
    for (const [, path] of source.matchAll(STATIC_IMPORT)) left.push(join(dirname(file), path!));
  }
  return bytes;
}
