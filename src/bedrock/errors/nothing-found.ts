/** The end of the SDK's chain: whatever could have had credentials had none. */
export const isNothingFound = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  thrown.name === "CredentialsProviderError" &&
  /^could not load credentials/i.test(thrown.message);
