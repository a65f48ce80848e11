/** AWS's partitions by the beginning of their Regions' names; all others are commercial. */
const PARTITIONS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, "aws-cn"],
  [/^us-gov-/, "aws-us-gov"],
  [/^us-iso-/, "aws-iso"],
  [/^us-isob-/, "aws-iso-b"],
  [/^eu-isoe-/, "aws-iso-e"],
  [/^us-isof-/, "aws-iso-f"],
  [/^eusc-/, "aws-eusc"],
];

const AREA = "us(-gov|-iso[a-z]?)?|eu(-isoe)?|ap|sa|ca|me|af|il|mx|cn|eusc-[a-z]{2}";
const REGION = new RegExp(`^(${AREA})-(north|south)?(east|west|central)?-\\d{1,2}$`);

/** Nothing else may come near a host name. */
export const isRegion = (text: string): boolean => REGION.test(text) && !/--/.test(text);

export const partitionOf = (region: string): string =>
  PARTITIONS.find(([pattern]) => pattern.test(region))?.[1] ?? "aws";

/** Where a partition's hosts stand, as AWS's endpoint rules have it. */
const SUFFIXES: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
  "aws-eusc": "amazonaws.eu",
};

/** The domain of a Region's hosts. */
export const suffixOf = (region: string): string => SUFFIXES[partitionOf(region)] ?? "amazonaws.com";
