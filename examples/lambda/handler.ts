/** All that is deployed. Within Lambda it streams; elsewhere it gives whole answers. */
import { bedrockOpenAI } from "bedrock-openai/lambda";

export const handler = bedrockOpenAI();
