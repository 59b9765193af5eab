// Builds what browsers load: the widget (loader, one panel per language, what comes later) and the
// dashboard's vendored files. Both go where the portal serves static files from.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import subsetFont from "subset-font";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { classShortener } from "./classes.js";
import { LOCALES, strings, stringsOf, textsOf } from "./strings.js";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const output = join(here, "../portal/kit/static/widget");
const vendor = join(here, "../portal/kit/static/vendor");
const KIB = 1024;
// Gzip sizes that the widget promises to the pages that carry it, in every language.
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
      const { code } = await transform(classes.css(await readFile(path, "utf8")), { loader: "css", minify: true, charset: "utf8", target: "chrome120" });
      return { contents: code.trim().replace(/(--[\w-]+): /g, "$1:"), loader: "text" };
    });
  },
};

const classes = classShortener(source);

/** Names of our own that leave no bundle: not those of the page, the server, the loader or a module's exports. */
const INNER = "isGiven isAsked outcome more when who icon privacyLink isDescribed isOptional withStrings phoneLink formNode personFields mustBeReachable bookingCard hoursOf dateOf spanOf isExpired isTemporary retryAfter isOld isEmpty isPartial isBusy clientId showProblem showLoading showWelcome showConversation showLog showDay catchUp trouble restart handover retryUnsent settings keep forget follow isResumed late typing person above below reload speak draft hint field lastSeq update wish offer typed pick skeleton fail lock check action fields accept problem tell load retry reason node sheet slot bold italic whole";
const mangleCache = {};

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const texts = await buildTexts();
const panels = {};
const later = {};
for (const locale of LOCALES) panels[locale] = await buildPanel(locale);
const version = await named(panels);
await buildLoader(version);
await squeeze();
await copyVendored();
await report(version);

/** All that the panel says, for who changes to another language; one version for all. @returns {Promise<string>} */
async function buildTexts() {
  const modules = LOCALES.map((locale) => [locale, textsOf(locale)]);
  const version = createHash("sha256").update(modules.flat().join()).digest("hex").slice(0, 8);
  for (const [locale, code] of modules) await writeFile(join(output, `${locale}-${version}.js`), code);
  return version;
}

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
    plugins: [strings(locale, classes.js), css],
    mangleProps: new RegExp(`^(${INNER.replaceAll(" ", "|")})$`),
    mangleCache,
    define: { LOCALES: JSON.stringify(LOCALES.join(" ")), TEXTS: JSON.stringify(texts) },
  });
  Object.assign(mangleCache, made);
  const files = Object.entries(metafile.outputs);
  const [file] = files.find(([, made]) => made.entryPoint?.endsWith("define.js"));
  // What else one visitor may load; another language is a choice of its own.
  later[locale] = files.map(([name]) => basename(name)).filter((name) => /^(talk|more)-/.test(name));
  return basename(file);
}

/** Panels carry one version for all languages, so that the loader needs to know no more than that. */
async function named(panels) {
  const hash = createHash("sha256");
  for (const file of Object.values(panels)) hash.update(await readFile(join(output, file)));
  const version = hash.digest("hex").slice(0, 8);
  for (const [locale, file] of Object.entries(panels)) await rename(join(output, file), join(output, `chat-${locale}-${version}.js`));
  return version;
}

async function buildLoader(version) {
  const labels = Object.fromEntries(LOCALES.map((locale) => [locale, stringsOf(locale).loader["launch.open"]]));
  // Seven sentences would not fit: who speaks another language reads the English one.
  const offline = Object.fromEntries(["de", "en"].map((locale) => [locale, stringsOf(locale).loader["launch.offline"]]));
  await build({
    ...common(),
    entryPoints: [join(source, "loader.js")],
    format: "iife",
    outfile: join(output, "carbot.js"),
    define: { LABELS: JSON.stringify(labels), OFFLINE: JSON.stringify(offline), VERSION: JSON.stringify(version) },
    plugins: [css],
  });
}

function common() {
  return { bundle: true, minify: true, metafile: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning" };
}

/** A second opinion on what can be said shorter: 120 bytes of each part. */
async function squeeze() {
  const compress = { passes: 4, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, keep_fargs: false };
  for (const file of await readdir(output)) {
    const code = await readFile(join(output, file), "utf8");
    const short = await minify(code, { module: file !== "carbot.js", ecma: 2022, compress });
    await writeFile(join(output, file), short.code);
  }
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

async function report(version) {
  const files = (await readdir(output)).sort();
  const sizes = Object.fromEntries(await Promise.all(files.map(async (file) => [file, gzipSync(await readFile(join(output, file))).length])));
  for (const file of files) console.log(`${String(sizes[file]).padStart(7)}  ${file}`);
  const loader = sizes["carbot.js"];
  const panel = (locale) => loader + sizes[`chat-${locale}-${version}.js`];
  const whole = (locale) => later[locale].reduce((sum, file) => sum + sizes[file], panel(locale));
  const most = (size) => Math.max(...LOCALES.map(size));
  const figures = { loader, first: most(panel), all: most(whole) };
  for (const [name, size] of Object.entries(figures)) console.log(`${String(size).padStart(7)}  ${name} (gzip, at most ${LIMITS[name]})`);
  await writeFile(join(output, "sizes.json"), JSON.stringify(figures));
  const tooBig = Object.keys(figures).filter((name) => figures[name] > LIMITS[name]);
  if (tooBig.length) {
    console.error(`Too big for what the widget promises: ${tooBig.join(", ")}`);
    process.exitCode = 1;
  }
}
