/** What the command line ends with. */
export const exitCode = {
  success: 0,
  /** The job was understood but could not be done: the reason is on standard error. */
  failed: 1,
  /** The arguments or the job file are not of the documented form. */
  usage: 2,
  /** Ctrl+C: the best so far was written, if there was any. */
  cancelled: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
