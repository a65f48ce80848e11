import { createBedrockFetch } from "../../integrations/openai.ts";
import { EXPRESS_DOORS } from "./doors/express.ts";
import { FASTIFY_DOORS } from "./doors/fastify.ts";
import { HONO_DOORS } from "./doors/hono.ts";
import { KOA_DOORS } from "./doors/koa.ts";
import { LAMBDA_DOORS } from "./doors/lambda.ts";
import { NEXT_DOORS } from "./doors/next.ts";
import { NODE_DOORS } from "./doors/node.ts";
import type { OpenDoor } from "./doors/served.ts";

export type { Door, OpenDoor } from "./doors/served.ts";

/** Every way into the house. The contract suites run through all of them. */
export const DOORS: Record<string, OpenDoor> = {
  createBedrockFetch: async (handler) => ({
    baseURL: "http://bedrock/v1",
    fetch: createBedrockFetch(handler),
    close: async () => undefined,
  }),
  ...EXPRESS_DOORS,
  ...KOA_DOORS,
  ...FASTIFY_DOORS,
  ...NODE_DOORS,
  ...NEXT_DOORS,
  ...HONO_DOORS,
  ...LAMBDA_DOORS,
};

/** Where the framework has read uploads as text before us. */
export const SPOILING_DOORS: ReadonlySet<string> = new Set(["Next pages after Next's body parser"]);

/** Where a body parser or a hook has unpacked bodies before us. */
export const UNPACKING_DOORS: ReadonlySet<string> = new Set([
  "Express 5 after json() under compression()",
  "Express 4 after json()",
  "Koa 3 after bodyparser() under compress()",
  "Koa 2 after bodyparser() under compress()",
  "Fastify 5 under compress()",
]);

/** Where nobody tells us that the caller left. Source: AWS's page "Response streaming for Lambda functions". */
export const DEAF_DOORS: ReadonlySet<string> = new Set(["Lambda function URL"]);
