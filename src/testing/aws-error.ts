import type { JsonObject } from "../conversation/types.ts";

/** AWS's HTTP status for each exception. Source: the service model, and AWS's common errors. */
const STATUSES: Record<string, number> = {
  ValidationException: 400,
  SerializationException: 400,
  ServiceQuotaExceededException: 400,
  ConflictException: 400,
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  DependencyFailedException: 424,
  ModelNotReadyException: 429,
  ThrottlingException: 429,
  InternalServerException: 500,
  BadGatewayException: 502,
  ServiceUnavailableException: 503,
};

const NAMESPACE = "http://internal.amazon.com/coral/com.amazon.bedrock/";

export interface AwsErrorDetails {
  status?: number;
  headers?: Record<string, string>;
  members?: JsonObject;
  body?: string;
}

/** A refusal in AWS's form; it knows the response it becomes. */
export class AwsError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;

  constructor(name: string, message: string, details: AwsErrorDetails = {}) {
    super(message);
    this.name = name;
    this.status = details.status ?? STATUSES[name] ?? 500;
    this.headers = {
      "content-type": "application/json",
      "x-amzn-ErrorType": `${name}:${NAMESPACE}`,
      ...details.headers,
    };
    this.body = details.body ?? JSON.stringify({ message, ...details.members });
  }
}

/** What a path is answered that AWS does not know, or does not know in this Region. */
export function unknownOperation(): AwsError {
  const body = '{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}';
  return new AwsError("UnknownOperationException", "UnknownOperationException", { body });
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
