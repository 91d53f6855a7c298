/**
 * `node scripts/run.mjs <script> [arguments]`: installs what is missing, then runs `main` of scripts/<script>
 * on the Node of the npm package `node`. Everything this file imports runs on Node 20, before anything is
 * installed.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reportFailure } from "./bootstrap/failure.mjs";
import { ensureInstalled } from "./bootstrap/install.mjs";
import { checkout } from "./bootstrap/paths.mjs";
import { isPackagedNode, requireNode, rerunOnPackagedNode, useLocalBin } from "./bootstrap/node.mjs";

const [script = "", ...args] = process.argv.slice(2);

try {
  requireNode(20);
  const installMs = await ensureInstalled(checkout);
  useLocalBin(checkout);
  if (isPackagedNode(checkout)) {
    const { main } = await import(pathToFileURL(join(checkout, "scripts", script)).href);
    process.exitCode = await main({
      args,
      installMs: installMs || Number(process.env["PULUMI_SPIN_INSTALL_MS"] ?? 0),
    });
  } else {
    process.exitCode = await rerunOnPackagedNode(checkout, process.argv.slice(1), {
      PULUMI_SPIN_INSTALL_MS: String(installMs),
    });
  }
} catch (error) {
  process.exitCode = reportFailure(error);
}
