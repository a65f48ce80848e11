import { bedrockOpenAI } from "../../../adapters/lambda.ts";
import { functionUrl, onLambda } from "../lambda.ts";
import type { OpenDoor } from "./served.ts";

export const LAMBDA_DOORS: Record<string, OpenDoor> = {
  "Lambda function URL": (handler) => functionUrl(onLambda(() => bedrockOpenAI(handler))),
};
