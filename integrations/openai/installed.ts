import { createRequire } from "node:module";
import type { OpenAI } from "openai";
import { isMissing } from "../../src/optional-package.ts";

/**
 * The `openai` package as the program itself has it, so that `instanceof` holds: what was required already, else what
 * `import` gives.
 * @throws Error one sentence that names what to install, or says why it cannot be loaded: Jest, say, requires no ES module.
 */
export function installedOpenAI(): typeof OpenAI {
  try {
    const require = createRequire(import.meta.url);
    const isRequired = require.resolve("openai") in require.cache;
    const installed = require(isRequired ? "openai" : "openai/index.mjs") as { OpenAI: typeof OpenAI };
    return installed.OpenAI;
  } catch (cause) {
    const reason = isMissing(cause, "openai")
      ? `found no 'openai' package: \`npm install openai\`, or, in a bundle, ${PASS_IT}`
      : `could not load the 'openai' package: ${PASS_IT} ${String(cause)}`;
    throw new Error(`bedrock-openai: createBedrockOpenAI() ${reason}`, { cause });
  }
}

const PASS_IT = "pass its class, `createBedrockOpenAI(OpenAI, options)`.";
