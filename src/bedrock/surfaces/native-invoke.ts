import type { Mapped } from "../../mapped.ts";
import type { Courier } from "../courier/courier.ts";
import type { Delivery, Parcel } from "../courier/parcel.ts";
import { readFrames } from "../courier/stream-events.ts";
import { payloadOf } from "../courier/event-stream.ts";
import { fromAwsError } from "../errors/errors.ts";
import type { Target } from "../models/target.ts";

interface Invoking extends Pick<Parcel, "headers" | "body" | "signal" | "tries"> {
  target: Target;
}

/**
 * InvokeModel with a body in the model's own words, as the caller gave it.
 * @throws BedrockOpenAIError
 */
export async function invoke(
  courier: Courier,
  { target: { modelId, region, account }, ...rest }: Invoking,
  stream: boolean,
): Promise<Delivery> {
  const operation = stream ? "InvokeModelWithResponseStream" : "InvokeModel";
  try {
    return await courier({ operation, modelId, region, account, ...rest });
  } catch (thrown) {
    throw fromAwsError(thrown, modelId);
  }
}

/** The path of it at AWS. */
export const invokePath = ({ modelId }: Target, stream: boolean): string =>
  `/model/${encodeURIComponent(modelId)}/${stream ? "invoke-with-response-stream" : "invoke"}`;

/** The JSON texts that the frames of a stream carry in base64, grouped as they arrived. */
export const readInvoked = (body: AsyncIterable<Uint8Array>, model: string): Mapped<string[]> =>
  readFrames<string>(
    body,
    model,
    {
      decode(type, frame, texts) {
        if (type !== "chunk") return;
        const { bytes } = JSON.parse(payloadOf(frame)) as { bytes: string };
        texts.push(Buffer.from(bytes, "base64").toString("utf8"));
      },
      // Whether the answer is complete its reader sees.
      end: () => true,
    },
    (text) => text.startsWith("{"),
  );
