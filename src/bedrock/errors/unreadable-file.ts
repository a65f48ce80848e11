/** Node's error for a file, as far as it is read. */
interface FileFailure {
  code?: string;
  syscall?: string;
}

const UNREADABLE = /^(ENOENT|EACCES|EPERM|EISDIR|ENOTDIR|ELOOP)$/;

/** The SDK reads tokens out of files without a word of its own for one that cannot be read. */
export const isUnreadableFile = ({ code = "", syscall = "" }: FileFailure): boolean =>
  UNREADABLE.test(code) && /^(open|read)$/.test(syscall);
