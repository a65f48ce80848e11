import type { Ports } from "../server/load-server.ts";
import { access, MODEL } from "../systems/access.ts";

/** What a fresh process does until its clock is read. */
export interface Program {
  name: string;
  label: string;
  source(ports: Ports): string;
  /** Whether it needs this folder's own packages. */
  isPeer?: true;
  since?: number;
}

const at = (port: number): string => JSON.stringify(access(`http://127.0.0.1:${port}/short`));
const model = JSON.stringify(MODEL);

export const EMPTY: Program = { name: "empty", label: "an empty process", source: () => "" };

/** All are given from an empty process on. */
export const PROGRAMS: readonly Program[] = [
  {
    name: "b0",
    label: "first answer, raw SDK with its defaults (B0)",
    source: ({ h2 }) => `
      const { BedrockRuntimeClient, ConverseCommand } = await import("@aws-sdk/client-bedrock-runtime");
      const client = new BedrockRuntimeClient(${at(h2)});
      const messages = [{ role: "user", content: [{ text: "Hi" }] }];
      const { output } = await client.send(new ConverseCommand({ modelId: ${model}, messages }));
      if (!output.message.content[0].text) throw new Error("The answer is empty.");`,
  },
  {
    name: "b0-web",
    label: "the same with a Request and a Response of the Web around it",
    source: ({ h2 }) => `
      const { BedrockRuntimeClient, ConverseCommand } = await import("@aws-sdk/client-bedrock-runtime");
      const client = new BedrockRuntimeClient(${at(h2)});
      const body = JSON.stringify([{ role: "user", content: [{ text: "Hi" }] }]);
      const messages = await new Request("http://x/v1/chat/completions", { method: "POST", body }).json();
      const { output } = await client.send(new ConverseCommand({ modelId: ${model}, messages }));
      if (!(await Response.json(output).json()).message.content[0].text) throw new Error("The answer is empty.");`,
  },
  {
    name: "ours",
    label: "first answer, bedrock-openai",
    source: ({ h1 }) => `
      const { createBedrockOpenAIHandler } = await import("bedrock-openai");
      const handler = createBedrockOpenAIHandler(${at(h1)});
      const body = JSON.stringify({ model: ${model}, messages: [{ role: "user", content: "Hi" }] });
      const headers = { "content-type": "application/json" };
      const answer = await handler(new Request("http://x/v1/chat/completions", { method: "POST", headers, body }));
      if (!(await answer.json()).choices[0].message.content) throw new Error("The answer is empty.");`,
  },
  {
    name: "in-process",
    label: "first answer, completeChat of bedrock-openai",
    source: ({ h1 }) => `
      const { completeChat } = await import("bedrock-openai");
      const messages = [{ role: "user", content: "Hi" }];
      const { value } = await completeChat({ model: ${model}, messages }, ${at(h1)});
      if (!value.choices[0].message.content) throw new Error("The answer is empty.");`,
  },
  {
    name: "openai",
    label: "first answer, openai client over createBedrockFetch",
    source: ({ h1 }) => `
      const [{ default: OpenAI }, { createBedrockFetch }] =
        await Promise.all([import("openai"), import("bedrock-openai/openai")]);
      const fetch = createBedrockFetch(${at(h1)});
      const client = new OpenAI({ apiKey: "bedrock", baseURL: "http://bedrock/v1", fetch });
      const messages = [{ role: "user", content: "Hi" }];
      const { choices } = await client.chat.completions.create({ model: ${model}, messages });
      if (!choices[0].message.content) throw new Error("The answer is empty.");`,
  },
  {
    name: "ai",
    label: "first answer, AI SDK generateText",
    isPeer: true,
    since: 22,
    source: ({ h1 }) => `
      const [{ createAmazonBedrock }, { generateText }] =
        await Promise.all([import("@ai-sdk/amazon-bedrock"), import("ai")]);
      const { endpoint: baseURL, region, credentials } = ${at(h1)};
      const bedrock = createAmazonBedrock({ baseURL, region, ...credentials });
      const { text } = await generateText({ model: bedrock(${model}), prompt: "Hi" });
      if (!text) throw new Error("The answer is empty.");`,
  },
  {
    name: "converse",
    label: "first answer, ChatBedrockConverse",
    isPeer: true,
    source: ({ h2 }) => `
      const [{ ChatBedrockConverse }, { BedrockRuntimeClient }] =
        await Promise.all([import("@langchain/aws"), import("@aws-sdk/client-bedrock-runtime")]);
      const client = new BedrockRuntimeClient(${at(h2)});
      const chat = new ChatBedrockConverse({ ...${at(h2)}, client, model: ${model} });
      if (!(await chat.invoke("Hi")).text) throw new Error("The answer is empty.");`,
  },
  {
    name: "import-sdk",
    label: "import @aws-sdk/client-bedrock-runtime",
    source: () => 'await import("@aws-sdk/client-bedrock-runtime");',
  },
  {
    name: "import-ours",
    label: "import bedrock-openai",
    source: () => 'await import("bedrock-openai");',
  },
];
