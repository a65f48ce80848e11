import type { InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { loadSdkClient } from "../clients/sdk-client.ts";
import { once } from "../once.ts";
import type { Operation } from "./parcel.ts";

const loadSdk = once(loadSdkClient);

/** They differ in what their codecs make of the body, and here nobody asks the codecs. */
export async function createCommand(operation: Operation, modelId: string): Promise<InvokeModelCommand> {
  const sdk = await loadSdk();
  const Command = sdk[`${operation}Command`] as unknown as typeof InvokeModelCommand;
  return new Command({ modelId });
}
