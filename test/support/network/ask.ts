import { createBedrockOpenAIHandler } from "../../../src/index.ts";
import type { Errand } from "./in-process-of-its-own.ts";

/** Asks as often as it is told, one after another, prints what came, and lets the process end by itself. */
const { options, requests } = JSON.parse(process.argv[2] ?? "") as Errand;
const handler = createBedrockOpenAIHandler({ retries: 0, ...options });

for (const { path, body } of requests) {
  const response = await handler(
    new Request(`http://localhost/v1${path}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  const { status, headers } = response;
  const told = { status, retry: headers.get("x-should-retry"), body: await response.text() };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
