import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** `[::1]` as URLs write it. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, "").toLowerCase();

function addressOf(host: string): Address | undefined {
  return ipaddr.isValid(host) ? ipaddr.process(host) : undefined;
}

/** AWS's addresses for metadata and credentials on this machine's own link. Source: AWS's EC2, ECS and EKS guides. */
const OWN_LINK = new Set(
  ["fd00:ec2::254", "fd00:ec2::23"].map((address) => ipaddr.parse(address).toString()),
);

/** No proxy leads to this machine itself or to what is on its link alone, such as the instance's metadata. */
export function isLocal(host: string): boolean {
  const name = bare(host);
  const address = addressOf(name);
  if (!address) return name === "localhost" || name.endsWith(".localhost");
  return (
    ["loopback", "linkLocal", "unspecified"].includes(address.range()) || OWN_LINK.has(address.toString())
  );
}

/**
 * Whether `NO_PROXY` names a host, as curl reads it: `*` is all; a name is that host and all below it, with a dot or `*.` before
 * it or not; an address is itself, with `/8` behind it a network; a port behind a name or address is that port alone.
 */
export function isExempt(list: string | undefined, host: string, port: number): boolean {
  const name = bare(host).replace(/\.$/, "");
  return (list ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => entry === "*" || isNamed(entry, name, port));
}

function isNamed(entry: string, host: string, port: number): boolean {
  const { name, only } = partsOf(entry);
  if (only !== undefined && only !== port) return false;
  const address = addressOf(host);
  if (address) return isIn(name, address);
  const domain = name.replace(/^\*?\./, "").replace(/\.$/, "");
  return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
}

/** A bare IPv6 address has colons of its own. */
function partsOf(entry: string): { name: string; only?: number } {
  const [, name, port] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(entry) ?? [];
  return name === undefined ? { name: bare(entry) } : { name: bare(name), only: Number(port) };
}

function isIn(name: string, address: Address): boolean {
  if (!ipaddr.isValidCIDR(name)) return addressOf(name)?.toString() === address.toString();
  const [network, bits] = ipaddr.parseCIDR(name);
  return network.kind() === address.kind() && address.match(network, bits);
}
