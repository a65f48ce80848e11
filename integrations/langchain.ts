export class ChatBedrockOpenAI {}
export class BedrockOpenAIEmbeddings {}
