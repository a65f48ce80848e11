interface Switches {
  fips?: boolean | undefined;
  dualStack?: boolean | undefined;
}

/** The environment's words, and the options that come before them. */
const VARIABLES: readonly (readonly [variable: string, option: keyof Switches])[] = [
  ["AWS_USE_FIPS_ENDPOINT", "fips"],
  ["AWS_USE_DUALSTACK_ENDPOINT", "dualStack"],
];

/**
 * The SDK takes any other word, `True` too, for none, and calls a host that nobody has asked for.
 * @throws Error as the SDK has it for settings that name no endpoint.
 */
export function checkSwitches(switches: Switches): void {
  for (const [variable, option] of VARIABLES) {
    if (switches[option] !== undefined || /^(true|false)?$/.test(process.env[variable] ?? "")) continue;
    throw Object.assign(new Error(`'${variable}' must be 'true' or 'false', in lower case.`), {
      name: "EndpointError",
    });
  }
}
