// Builds what browsers load: the widget (loader, one panel per language, what comes later) and the
// dashboard's vendored files. Both go where the portal serves static files from.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import subsetFont from "subset-font";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const output = join(here, "../portal/kit/static/widget");
const vendor = join(here, "../portal/kit/static/vendor");
const KIB = 1024;
// Gzip sizes that the widget promises to the pages that carry it.
const LIMITS = { loader: 2 * KIB, first: 10 * KIB, all: 25 * KIB };

const VENDORED = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "sse.js": "htmx-ext-sse/dist/sse.min.js",
  "uPlot.iife.min.js": "uplot/dist/uPlot.iife.min.js",
  "uPlot.min.css": "uplot/dist/uPlot.min.css",
  "axe.min.js": "axe-core/axe.min.js",
  "inter-LICENSE.txt": "@fontsource-variable/inter/LICENSE",
};

/** The type family with the letters and weights that the portal shows: a fifth of its size. */
const FONTS = {
  "inter-latin.woff2": {
    from: "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    ranges: [[0x20, 0x7e], [0xa0, 0xff], [0x152, 0x153], [0x2010, 0x2026], [0x2030, 0x203a], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2190, 0x2193], [0x2212, 0x2212]],
  },
  "inter-latin-ext.woff2": {
    from: "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    ranges: [[0x100, 0x17f], [0x218, 0x21b], [0x1e9e, 0x1e9e]],
  },
};

/** Style sheets travel as text and become constructed sheets, which every host's policy allows. */
const css = {
  name: "css",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "chrome111" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Keys that the code puts together, or that could be mistaken for other words, keep their names. */
const SPELT_OUT = /^\w+$|^(state|start|error)\.|^card\.(estimate|vehicle)\./;
const shortKeys = shortened(JSON.parse(await readFile(join(source, "strings/de.json"), "utf8")));

/** Names of our own that leave no bundle: not those of the page, the server, the loader or a module's exports. */
const INNER = "isDescribed isOptional withStrings phoneLink formNode personFields mustBeReachable bookingCard hoursOf dateOf spanOf isExpired isTemporary retryAfter isOld isEmpty isPartial isBusy clientId showProblem showLoading showWelcome showConversation showLog showDay catchUp trouble restart handover retryUnsent";
const mangleCache = {};

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const locales = (await readdir(join(source, "strings"))).map((file) => basename(file, ".json"));
const chunks = {};
for (const locale of locales) chunks[locale] = await buildPanel(locale);
await buildLoader(chunks);
await copyVendored();
await report(chunks);

/** One file per language, so that a visitor waits for one request. @returns {Promise<string>} its name */
async function buildPanel(locale) {
  const { metafile, mangleCache: made } = await build({
    ...common(),
    entryPoints: { [`chat-${locale}`]: join(source, "define.js") },
    format: "esm",
    splitting: true,
    outdir: output,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    plugins: [strings(locale), css],
    mangleProps: new RegExp(`^(${INNER.replaceAll(" ", "|")})$`),
    mangleCache,
  });
  Object.assign(mangleCache, made);
  const [file] = Object.entries(metafile.outputs).find(([, made]) => made.entryPoint?.endsWith("define.js"));
  return basename(file);
}

async function buildLoader(CHUNKS) {
  await build({
    ...common(),
    entryPoints: [join(source, "loader.js")],
    format: "iife",
    outfile: join(output, "carbot.js"),
    define: { CHUNKS: JSON.stringify(CHUNKS) },
    plugins: [css],
  });
}

function common() {
  return { bundle: true, minify: true, metafile: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning" };
}

/** The strings of one language in the parts that the chunks need, and the way to the other languages. */
function strings(locale) {
  const read = async (one) => withShortKeys(JSON.parse(await readFile(join(source, "strings", `${one}.json`), "utf8")));
  const others = locales.map((one) => `${one}: () => import("./strings/${one}.json")`);
  const contents = async (part) => (part === "others" ? `export const others = {${others}}` : `export default ${JSON.stringify((await read(locale))[part])}`);
  return {
    name: "strings",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#strings\// }, ({ path }) => ({ path: path.slice("#strings/".length), namespace: "strings" }));
      onLoad({ filter: /[\\/]strings[\\/]\w+\.json$/ }, async ({ path }) => ({ contents: JSON.stringify(await read(basename(path, ".json"))), loader: "json" }));
      onLoad({ filter: /[\\/]src[\\/].*\.js$/ }, async ({ path }) => ({ contents: (await readFile(path, "utf8")).replace(/"([\w.]+)"/g, (_, word) => `"${shortKeys[word] ?? word}"`) }));
      onLoad({ filter: /.*/, namespace: "strings" }, async ({ path }) => ({ contents: await contents(path), resolveDir: source }));
    },
  };
}

/** Every key travels twice, in the code and in the strings: two letters do. */
function shortened(parts) {
  const keys = Object.values(parts).flatMap(Object.keys).filter((key) => !SPELT_OUT.test(key));
  return Object.fromEntries(keys.sort().map((key, i) => [key, (i + 360).toString(36)]));
}

function withShortKeys(parts) {
  const short = (texts) => Object.fromEntries(Object.entries(texts).map(([key, text]) => [shortKeys[key] ?? key, text]));
  return Object.fromEntries(Object.entries(parts).map(([name, texts]) => [name, short(texts)]));
}

async function copyVendored() {
  await mkdir(vendor, { recursive: true });
  for (const [name, from] of Object.entries(VENDORED)) await copyFile(join(here, "node_modules", from), join(vendor, name));
  for (const [name, { from, ranges }] of Object.entries(FONTS)) {
    const letters = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)));
    const whole = await readFile(join(here, "node_modules", from));
    await writeFile(join(vendor, name), await subsetFont(whole, letters.join(""), { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 650 } } }));
  }
}

async function report(panels) {
  const files = (await readdir(output)).sort();
  const sizes = Object.fromEntries(await Promise.all(files.map(async (file) => [file, gzipSync(await readFile(join(output, file))).length])));
  for (const file of files) console.log(`${String(sizes[file]).padStart(7)}  ${file}`);
  const loader = sizes["carbot.js"];
  const first = loader + Math.max(...Object.values(panels).map((file) => sizes[file]));
  const later = (name) => Math.max(...files.filter((file) => file.startsWith(`${name}-`)).map((file) => sizes[file]));
  const figures = { loader, first, all: first + later("talk") + later("more") + later("booking") };
  for (const [name, size] of Object.entries(figures)) console.log(`${String(size).padStart(7)}  ${name} (gzip, at most ${LIMITS[name]})`);
  await writeFile(join(output, "sizes.json"), JSON.stringify(figures));
  const tooBig = Object.keys(figures).filter((name) => figures[name] > LIMITS[name]);
  if (tooBig.length) {
    console.error(`Too big for what the widget promises: ${tooBig.join(", ")}`);
    process.exitCode = 1;
  }
}
