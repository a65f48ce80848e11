import { ChatOpenAI } from "@langchain/openai";
import { ChatBedrockOpenAI } from "../integrations/langchain.ts";
const a = await new ChatOpenAI({ model: "x" }).invoke("x");
export const u1: number | undefined = a.usage_metadata?.input_tokens;
const b = await new ChatBedrockOpenAI({ model: "x" }).invoke("x");
export const u2: number | undefined = b.usage_metadata?.input_tokens;
