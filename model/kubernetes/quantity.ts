/** Quantities of Kubernetes: `250m`, `1.5`, `128Mi`, `1e3` (apimachinery/pkg/api/resource). */

const binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimal = new Map([
  ["n", 1e-9],
  ["u", 1e-6],
  ["m", 1e-3],
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["P", 1e15],
  ["E", 1e18],
]);

/** Its value in units: cores, or bytes; `undefined` for what is no quantity. */
export function quantityOf(text: string): number | undefined {
  const [, number = "", exponent = "", suffix = ""] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([A-Za-z]{1,2}))?$/.exec(text) ?? [];
  if (number === "") return undefined;
  if (exponent !== "") return Number(`${number}${exponent}`);
  const power = binary.indexOf(suffix);
  const scale = power === -1 ? decimal.get(suffix) : 1024 ** (power + 1);
  return scale === undefined ? undefined : Number(number) * scale;
}
