import { type Row, unreachable } from "./error-table.ts";

/** What the network, TLS or a proxy on the way failed with. */
export interface NetworkFailure {
  code?: string;
  /** Host and port of the proxy that was asked. */
  proxy?: string;
  /** What it answered. */
  proxyStatus?: number;
  /** The variable of the environment that names none. */
  variable?: string;
}

interface Cure {
  text: string;
  /** Whether the same may succeed in a moment. */
  retry: boolean;
}

const CHECK = "Check the network, the region and the endpoint.";

const passing = (text: string): Cure => ({ text: `Bedrock could not be reached${text}`, retry: true });
const lasting = (text: string): Cure => ({ text: `Bedrock could not be reached: ${text}`, retry: false });

/** By Node's code. Source: Node.js and OpenSSL, lists of error codes. */
const BY_CODE: readonly (readonly [RegExp, Cure])[] = [
  [/^(ENOTFOUND|EAI_)/, passing(`: the name of its host was not found (DNS). ${CHECK}`)],
  [/^ETIMEDOUT/, passing(` in time: no connection came about. ${CHECK}`)],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    lasting(
      "the certificate of its endpoint is not valid now. It has run out, or this server's clock is wrong.",
    ),
  ],
  [
    /^(ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/,
    lasting(
      "the certificate of its endpoint is for another host. A VPC endpoint without private DNS has a name of its own, " +
        "`vpce-…`, to be given as the `endpoint`.",
    ),
  ],
  [
    /^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|ERR_TLS_CERT)/,
    lasting(
      "the certificate of its endpoint comes from nobody whom this server trusts. Where a proxy looks into the traffic, give " +
        "Node the proxy's by NODE_EXTRA_CA_CERTS.",
    ),
  ],
  [/^(EPROTO|ERR_SSL|ERR_TLS)/, lasting(`its endpoint did not speak TLS as expected. ${CHECK}`)],
];

const OTHERWISE = passing(`. ${CHECK}`);

const BY_PROXY_STATUS: Readonly<Record<number, string>> = {
  403: "forbids it (403)",
  407: "asks for another user and password (407)",
  502: "cannot reach it (502)",
  503: "cannot reach it (503)",
  504: "cannot reach it in time (504)",
};

function cureOf({ code = "", proxy, proxyStatus, variable }: NetworkFailure): Cure {
  if (variable !== undefined)
    return lasting(`'${variable}' must be the URL of an HTTP proxy, http://host:port.`);
  const cure = BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? OTHERWISE;
  if (proxy === undefined) return cure;
  if (proxyStatus === undefined)
    return {
      text: `Bedrock could not be reached: the proxy '${proxy}' did not let itself be called (${code}).`,
      retry: cure.retry,
    };
  const words = BY_PROXY_STATUS[proxyStatus] ?? `answered ${proxyStatus}`;
  return { text: `Bedrock could not be reached: the proxy '${proxy}' ${words}.`, retry: proxyStatus >= 500 };
}

/** What is said where no answer of AWS's came: neither addresses nor passwords, and of hosts only a proxy's. */
export function unreachableBy(failure: NetworkFailure): Row {
  const { text, retry } = cureOf(failure);
  return { ...unreachable, retry, message: () => text };
}
