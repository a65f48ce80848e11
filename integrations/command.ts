#!/usr/bin/env node
import { runCommand } from "./command/command.ts";
import { processIo } from "./command/terminal.ts";

const words = process.argv.slice(2);
// Set, not ended: what was written still has to reach a pipe.
process.exitCode = await runCommand(words, processIo(words));
