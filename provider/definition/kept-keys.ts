/** What is stored among the outputs besides them. Like every key with `__`, Pulumi and policies do not show it. */

/** The outputs' version; without it the version is 0. */
export const versionKey = "__version";

/** By what name the outside world has the resource as this one's, and not another's of the same name. */
export const ownerKey = "__owner";

export const keptKeys: readonly string[] = [versionKey, ownerKey];
