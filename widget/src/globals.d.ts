/** Put in by the build: the file of the panel for each language. */
declare const CHUNKS: Record<string, string>;

declare module "*.css" {
  const css: string;
  export default css;
}
declare module "#strings/first" {
  const strings: Record<string, string>;
  export default strings;
}
declare module "#strings/talk" {
  const strings: Record<string, string>;
  export default strings;
}
declare module "#strings/more" {
  const strings: Record<string, string>;
  export default strings;
}
declare module "#strings/booking" {
  const strings: Record<string, string>;
  export default strings;
}
declare module "#strings/others" {
  export const others: Record<string, () => Promise<{ default: Record<"first" | "talk" | "more" | "booking", Record<string, string>> }>>;
}
