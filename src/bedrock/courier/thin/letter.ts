import { escapeUri } from "../../escape-uri.ts";
import { mergedHeaders } from "../../../http/merged-headers.ts";
import { address, type HttpRequest } from "../codec.ts";
import type { Parcel } from "../parcel.ts";
import { type Envelope, MODEL } from "./envelope.ts";

/** A parcel in its envelope: the request that the SDK would have written, before it is signed. */
export function letter({ request, written, added }: Envelope, parcel: Parcel): HttpRequest {
  const { body, account } = parcel;
  const letter: HttpRequest = {
    ...request,
    method: "POST",
    path: request.path.replace(MODEL, () => escapeUri(parcel.modelId)),
    headers: {
      ...written,
      ...(body && { "content-type": "application/json" }),
      ...parcel.headers,
      ...added,
      ...(body && body.byteLength > 0 && { "content-length": String(body.byteLength) }),
      ...(account && mergedHeaders(account.headers)),
    },
    body,
  };
  address(letter, parcel.to);
  return letter;
}

/** Written by the connection or by the signature. */
const RESERVED =
  /^(host|content-length|transfer-encoding|connection|authorization|amz-sdk-.*|x-amz-(date|content-sha256|security-token))$/;

/** Whether a parcel says what the SDK says too: how the two meet, only the SDK knows. */
export const contradicts = ({ headers }: Parcel, { added }: Envelope): boolean =>
  headers !== undefined &&
  Object.keys(headers).some((name) => RESERVED.test(name) || Object.hasOwn(added, name.toLowerCase()));
