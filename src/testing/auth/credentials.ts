/** An access key and its secret. */
export interface KeyPair {
  accessKeyId: string;
  secretAccessKey: string;
}

/** The only key pair whose signatures the emulator knows how to verify. Other access keys are checked for shape, unless it was
 * started with `credentials` of its own. */
export const EMULATOR_CREDENTIALS = {
  accessKeyId: "AKIAEMULATOR00000000",
  secretAccessKey: "emulator/secret+access/key/0000000000000",
} as const;
