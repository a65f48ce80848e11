import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    express: "adapters/express.ts",
    fastify: "adapters/fastify.ts",
    hono: "adapters/hono.ts",
    koa: "adapters/koa.ts",
    lambda: "adapters/lambda.ts",
    next: "adapters/next.ts",
    "next-pages": "adapters/next-pages.ts",
    node: "adapters/node.ts",
    langchain: "integrations/langchain.ts",
    openai: "integrations/openai.ts",
    command: "integrations/command.ts",
    testing: "src/testing/index.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  dts: true,
  // Shared chunks keep one BedrockOpenAIError class across the subpaths.
  splitting: true,
  sourcemap: true,
  clean: true,
  // Names stay: a stack trace is read by people.
  esbuildOptions(options) {
    options.minifyWhitespace = true;
    options.minifySyntax = true;
  },
});
