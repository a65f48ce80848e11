import { frame } from "../../../support/frames.ts";
import { type End, everywhere, type Fault } from "../fault.ts";
import { twice } from "./frames.ts";
import { says } from "./say.ts";

/** What AWS has named: its status, what the caller sees, and whether ConverseStream has it inside its stream too. */
export const EXCEPTIONS: readonly [
  name: string,
  status: number,
  end: `${number} ${string}`,
  inStream?: true,
][] = [
  ["ValidationException", 400, "400 invalid_request_error", true],
  ["ServiceQuotaExceededException", 400, "429 insufficient_quota"],
  ["ConflictException", 400, "409 conflict"],
  ["AccessDeniedException", 403, "403 model_not_available"],
  ["ExpiredTokenException", 403, "401 aws_credentials_error"],
  ["UnrecognizedClientException", 403, "401 aws_credentials_error"],
  ["InvalidSignatureException", 403, "401 aws_credentials_error"],
  ["ResourceNotFoundException", 404, "404 model_not_found"],
  ["ModelTimeoutException", 408, "408 timeout", true],
  ["ModelErrorException", 424, "500 model_error"],
  ["ModelStreamErrorException", 424, "500 model_stream_error", true],
  ["ThrottlingException", 429, "429 rate_limit_exceeded", true],
  ["ModelNotReadyException", 429, "503 model_not_ready"],
  ["InternalServerException", 500, "500 server_error", true],
  ["ServiceUnavailableException", 503, "503 service_unavailable", true],
];

const MESSAGE = "arn:aws:iam::123456789012:role/secret: no.";

/** The header as AWS writes it, and the body's own word for it, which some hosts have alone. */
const refusals = (name: string, status: number, end: End): Fault[] =>
  [
    {
      spelled: "by its header",
      headers: { "x-amzn-errortype": `${name}:http://internal.amazon.com/x/` },
      type: {},
    },
    { spelled: "by its body", headers: {}, type: { __type: `com.amazon.coral.service#${name}` } },
  ].map(({ spelled, headers, type }) => ({
    what: `answers with ${name}`,
    spelled,
    act: says(
      `${status} Refused`,
      { "content-type": "application/json", "x-amzn-requestid": "aws-1", ...headers },
      JSON.stringify({ ...type, message: MESSAGE }),
    ),
    ends: everywhere(end),
  }));

const member = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Decoders have met exceptions under both headers, in both cases. Source: aws-bedrock §B.3. */
const spellings = (name: string): [spelled: string, headers: Record<string, string>][] => [
  [":exception-type", { ":message-type": "exception", ":exception-type": member(name) }],
  [":exception-type, capital", { ":message-type": "exception", ":exception-type": name }],
  [":event-type", { ":message-type": "event", ":event-type": member(name) }],
  [":event-type of an exception", { ":message-type": "exception", ":event-type": name }],
];

const inStream = (name: string, end: `${number} ${string}`): Fault[] =>
  spellings(name).flatMap(([spelled, headers]) => {
    const said = { ...headers, ":content-type": "application/json" };
    const frames = [frame(said, JSON.stringify({ message: MESSAGE }))];
    return twice(`sends a ${member(name)} in its stream`, { frames, spelled }, [
      end,
      `frame ${end.slice(4)}`,
    ]);
  });

export const REFUSALS: readonly Fault[] = EXCEPTIONS.flatMap(([name, status, end]) =>
  refusals(name, status, end),
);

export const STREAM_EXCEPTIONS: readonly Fault[] = EXCEPTIONS.flatMap(([name, , end, isInStream]) =>
  isInStream ? inStream(name, end) : [],
);
