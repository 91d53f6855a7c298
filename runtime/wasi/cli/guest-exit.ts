import { Trap } from "../wit-error.ts";

/** The guest called wasi:cli/exit. In a request that is a trap like any other: the client gets a 500. */
export class GuestExit extends Trap {
  constructor(statusCode: number) {
    super(`the guest called exit with status ${statusCode}`);
    this.name = "GuestExit";
  }
}
