/** One server for two tenants, whose models are called with AWS accounts and Regions of their own. */
import { bedrockOpenAI } from "bedrock-openai/express";
import express from "express";
import { findAccounts } from "./accounts.ts";

const { options, accessOf } = await findAccounts();

const app = express();
app.use(
  "/v1",
  bedrockOpenAI({
    ...options,
    models: {
      "acme/*": { model: "*", region: "eu-central-1", ...(await accessOf("acme")) },
      "globex/*": { model: "*", region: "us-west-2", ...(await accessOf("globex")) },
      // Of the two accounts one after the other; when neither can answer, that of the server.
      either: {
        spread: { "acme/eu.amazon.nova-lite-v1:0": 1, "globex/us.amazon.nova-lite-v1:0": 1 },
        fallbacks: ["us.amazon.nova-lite-v1:0"],
      },
    },
  }),
);

const server = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : address;
  console.log(`Listening on http://127.0.0.1:${port}/v1. Try, and then with globex/us.amazon.nova-lite-v1:0:

curl http://127.0.0.1:${port}/v1/chat/completions -H 'content-type: application/json' -d '{
  "model": "acme/eu.amazon.nova-lite-v1:0", "messages": [{"role": "user", "content": "Hello!"}]}'
`);
});
