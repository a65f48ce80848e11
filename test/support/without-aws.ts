/** No AWS of the machine's own: what runs with it finds the emulator, or nothing. */
export const WITHOUT_AWS = {
  PATH: process.env["PATH"],
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
};
