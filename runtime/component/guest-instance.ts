import type { GuestState } from "../reset/guest-state.ts";
import { Trap } from "../wasi/wit-error.ts";
import type { ComponentInstance, IncomingHandler } from "./bound-component.ts";

/** An instance as the pool has it, whichever binding made it. `reset` says whether it is as it was at first. */
export function guestInstance(
  state: GuestState,
  handler: IncomingHandler,
  reset: () => boolean,
): ComponentInstance {
  return {
    handle: async (request, responseOutparam) => {
      try {
        await handler.handle(request, responseOutparam);
      } catch (error) {
        if (state.reason === undefined) throw error;
        throw new Trap(`the guest was ended: ${state.reason}`, { cause: error });
      }
    },
    begin: (limits) => state.begin(limits),
    end: () => state.end(),
    reset,
    get memoryBytes() {
      return state.memoryBytes;
    },
    close: () => state.close(),
  };
}
