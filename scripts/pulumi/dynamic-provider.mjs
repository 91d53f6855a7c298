// @ts-nocheck -- the SDK is resolved at run time, from the program's folder.
/**
 * Pulumi's provider of dynamic resources, started beside a CLI that was built without the official one. The
 * CLI starts it in the program's folder as `pulumi-resource-pulumi-nodejs <engine address>`; the work is the
 * SDK's own command.
 *
 * This file is copied beside the CLI and stands alone. Unlike the SDK's shell script it is one process, which
 * ends when the CLI was killed.
 */
import { createRequire } from "node:module";
import { join } from "node:path";

const parentPollMs = 1000;
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(1), parentPollMs).unref();

createRequire(join(process.cwd(), "program.js"))("@pulumi/pulumi/cmd/dynamic-provider");
