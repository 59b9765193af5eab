/** Put in by the build: what the button says, what it says when nothing answers, which panels go with it. */
declare const LABELS: Record<string, string>;
declare const OFFLINE: Record<string, string>;
declare const VERSION: string;
/** Which languages there are, and which files hold all that the panel says in them. */
declare const LOCALES: string;
declare const TEXTS: string;

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
