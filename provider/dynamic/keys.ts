/** Properties by which the SDK tells a dynamic provider what the protocol does not. */

/** The program runs in a preview. */
export const previewKey = "__preview";

/** One of the other inputs is a secret: secrets are handed over in plain text. */
export const secretKey = "__secret";

/** The resource's URN, for lines in the log. */
export const urnKey = "__urn";

/** The resource's `customTimeouts`; kept in state, so that a delete knows them too. */
export const timeoutsKey = "__timeouts";

/** The text of the provider itself: Pulumi's own key. */
export const providerKey = "__provider";
