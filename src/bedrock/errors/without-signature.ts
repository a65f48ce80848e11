/** What AWS shows of a request whose signature is wrong: its headers, of which one is the session token. */
const SHOWN = /The (Canonical String|String-to-Sign) for this request [^]*/;

/**
 * AWS's words as they may be told. Of a refused signature AWS repeats what it would have signed, for whoever writes a signer.
 * Source: AWS's guide to troubleshooting Signature Version 4.
 */
export const withoutSignature = (message: string): string => message.replace(SHOWN, "").trimEnd();

/** What AWS threw, as it may stand in a log. */
export function loggable(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !SHOWN.test(thrown.message)) return thrown;
  const { name, message, $metadata } = thrown as Error & { $metadata?: unknown };
  // Anew, since its stack and the answer that it was read from say the same.
  return Object.assign(new Error(withoutSignature(message)), { name, $metadata });
}
