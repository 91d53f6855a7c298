/** Far more than a person reads, and little beside the ten million characters that a text from outside may quote. */
const longest = 10_000;

export function shorten(text: string): string {
  if (text.length <= longest) return text;
  // Copied: a slice would keep the whole text in memory.
  const start = Buffer.from(text.slice(0, longest)).toString();
  return `${start}… (${text.length - longest} more characters)`;
}
