import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * What runs leave behind in a checkout: git ignores it, and deleting it is safe once `npm run stop` has run.
 */
export const runDir = join(checkout, ".quickstart");
