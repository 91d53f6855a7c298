/**
 * The error case of a WIT `result`, thrown by a host function. Anything else that a host function throws is a trap.
 * Not an `Error`: guests meet these by the thousand, and nobody reads the stack.
 */
export class WitError<Payload = unknown> {
  readonly payload: Payload;

  constructor(payload: Payload) {
    this.payload = payload;
  }
}

/** Ends a host function with the error case of its WIT `result`. */
export function fail(payload: unknown): never {
  // oxlint-disable-next-line no-throw-literal -- the binding reads `payload`; see WitError
  throw new WitError(payload);
}

/** Ends the guest: what the component model calls a trap. `message` goes to the host log, never to the client. */
export class Trap extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Trap";
  }
}
