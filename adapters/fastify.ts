export const bedrockOpenAI = (): never => {
  throw new Error("Not built yet.");
};
