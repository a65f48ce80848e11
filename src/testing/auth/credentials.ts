/** The only key pair whose signatures the emulator knows how to verify. Other access keys are checked for shape. */
export const EMULATOR_CREDENTIALS = {
  accessKeyId: "AKIAEMULATOR00000000",
  secretAccessKey: "emulator/secret+access/key/0000000000000",
} as const;
