/** Properties by which the SDK tells a dynamic provider what the protocol does not. */

/** What a check is told besides the inputs. */
export const callKey = "__call";

export interface Call {
  /** The program runs in a preview. */
  preview?: boolean;
  /** One of the inputs is a secret: secrets are handed over in plain text. */
  secret?: boolean;
  /** Names of the provider's settings in the stack's configuration. */
  settings?: string[];
  /** The resource's URN, for lines in the log. */
  urn?: string;
}

/** The resource's `customTimeouts`; kept in state, so that a delete knows them too. */
export const timeoutsKey = "__timeouts";

/** The text of the provider itself: Pulumi's own key. */
export const providerKey = "__provider";
