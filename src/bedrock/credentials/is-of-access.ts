/** The names of what the SDK's providers throw, and of what AWS refuses in what they call by. */
const OF_ACCESS =
  /ProviderError$|^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/;

/** Whether there was nobody to call as: none was found, or AWS STS refused whoever was to take on a role. Others may stand in a file later. */
export const isOfAccess = (thrown: unknown): boolean =>
  thrown instanceof Error && OF_ACCESS.test(thrown.name);
