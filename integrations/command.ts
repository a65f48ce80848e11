#!/usr/bin/env node
import * as node from "node:module";

// What was compiled once is read from then on (Node 22.8 and later): of all that is imported after this line, so nothing is before it.
node.enableCompileCache?.();

const [{ runCommand }, { processIo }] = await Promise.all([
  import("./command/command.ts"),
  import("./command/terminal.ts"),
]);

const words = process.argv.slice(2);
// Set, not ended: what was written still has to reach a pipe.
process.exitCode = await runCommand(words, processIo(words));
