import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  test: { name, include, testTimeout: 20_000, hookTimeout: 60_000, ...extra },
});

/** What goes wrong at AWS and on the way, who calls and over which sockets: all that the courier's two ways have to be the same in. */
const WHAT_COURIERS_MEET = [
  "test/unit/bedrock/courier/*.test.ts",
  "test/unit/bedrock/courier-nock.test.ts",
  "test/contract/faults/*.test.ts",
  "test/contract/network/*.test.ts",
  "test/contract/{accounts,broken-streams,connections,renewal,roles,slow-beginnings}.test.ts",
];

/** Where it matters who writes the bytes: ours, or Node's own client, which asks where somebody watches it. */
const WHAT_CLIENTS_MEET = [
  "test/unit/bedrock/transport/*.test.ts",
  "test/contract/network/{clock,redirects,stale-sockets,tls}.test.ts",
  "test/contract/{broken-streams,connections}.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["test/support/require-node.ts", "test/support/install-programs.ts"],
    // Many tests wait for processes and timers: a worker more than there are cores keeps those busy meanwhile.
    maxWorkers: availableParallelism() + 1,
    projects: [
      project("unit", ["test/unit/**/*.test.ts"]),
      project("contract", ["test/contract/**/*.test.ts"]),
      project("by-stack", WHAT_COURIERS_MEET, { setupFiles: ["test/support/by-stack.ts"] }),
      project("by-lean", WHAT_COURIERS_MEET, { setupFiles: ["test/support/by-lean.ts"] }),
      project("by-node", WHAT_CLIENTS_MEET, {
        // Who asks where nobody watches is what it is about.
        exclude: ["test/unit/bedrock/transport/unwatched.test.ts"],
        setupFiles: ["test/support/by-node.ts"],
      }),
      project("regressions", ["test/regressions/**/*.test.ts"]),
      project("properties", ["test/properties/**/*.test.ts"], {
        testTimeout: 60_000,
        setupFiles: ["test/support/seeded.ts"],
      }),
      project("package", ["test/package/**/*.test.ts"], {
        testTimeout: 180_000,
        hookTimeout: 300_000,
      }),
      project("types", [], {
        typecheck: { enabled: true, only: true, include: ["test/types/**/*.test-d.ts"] },
      }),
    ],
  },
});
