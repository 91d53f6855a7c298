import { Failure } from "./failure.mjs";

/** What the output of a failed tool means, most telling first. @type {{ pattern: RegExp, what: string, hint: string }[]} */
const causes = [
  {
    pattern: /ENOSPC|no space left on device/i,
    what: "the disk is full",
    hint: "Free some space (the whole set-up needs about 5 GB while it builds, 1.5 GB afterwards), then run the command again.",
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network|dial tcp|no such host|i\/o timeout/i,
    what: "the network did not answer",
    hint: "Check the connection and, behind a proxy, HTTPS_PROXY; then run the command again, which goes on from here.",
  },
  {
    pattern: /UNABLE_TO_(?:VERIFY|GET)|SELF_SIGNED_CERT|CERT_|x509:/i,
    what: "a certificate could not be verified",
    hint: "Behind a proxy that inspects traffic, set NODE_EXTRA_CA_CERTS (npm) and SSL_CERT_FILE (Go) to its certificate.",
  },
  {
    pattern: /EACCES|EPERM|permission denied/i,
    what: "a file could not be written",
    hint: "Look at the owner of the file named above; the set-up writes only into this checkout and the user's cache.",
  },
  {
    pattern: /EUSAGE|can only install packages when your package.json and package-lock.json/i,
    what: "package.json and package-lock.json do not agree",
    hint: "Run npm install to bring package-lock.json up to date.",
  },
];

/**
 * Turns a failed tool's output into one message: the lines that matter, why it failed, and the next step.
 * @param {string} tool the command as a person would type it
 * @param {string} output standard output and standard error
 * @param {{ dir: string, exitCode: number | null }} where
 */
export function explainToolFailure(tool, output, { dir, exitCode }) {
  const cause = causes.find(({ pattern }) => pattern.test(output));
  const ending =
    exitCode === null
      ? "was killed"
      : exitCode === 0
        ? "left files incomplete"
        : `ended with exit code ${exitCode}`;
  const message = `${excerpt(output)}${tool} ${ending} in ${dir}${cause === undefined ? "" : `: ${cause.what}`}.`;
  return new Failure(
    message,
    cause?.hint ?? "The lines above say what it stumbled over; then run the command again.",
  );
}

/** The first and last lines: tools say what is wrong in one of these places. @param {string} output */
function excerpt(output) {
  const lines = output
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !/^npm (?:notice|warn (?!tar))|^npm error$/.test(line));
  const shown = lines.length <= 14 ? lines : [...lines.slice(0, 6), "…", ...lines.slice(-7)];
  return shown.length === 0 ? "" : `${shown.join("\n")}\n\n`;
}
