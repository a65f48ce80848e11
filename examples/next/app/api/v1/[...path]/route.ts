import { bedrockOpenAI } from "bedrock-openai/next";

export const { GET, POST, DELETE, OPTIONS, HEAD } = bedrockOpenAI();
export const maxDuration = 300;
