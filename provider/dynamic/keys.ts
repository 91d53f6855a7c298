/** Inputs by which the SDK tells a dynamic provider what the protocol does not. */

/** The program runs in a preview. */
export const previewKey = "__preview";

/** One of the other inputs is a secret: secrets are handed over in plain text. */
export const secretKey = "__secret";
