/** The request that an instance works for; another one later. Host functions look each time that they are called. */
export interface RequestScope {
  /** Aborts when the guest is done with it. */
  readonly ended: AbortSignal;
  /** Rejects when it is given up: whatever waits becomes a trap. */
  readonly cancelled: Promise<never>;
}
