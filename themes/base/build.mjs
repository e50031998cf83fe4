// Builds the front end into static/build/: style sheets, scripts and fonts with hashed names, and manifest.json.
// Entries are the files directly in scss/ and js/ whose name does not begin with "_"; folders below them are parts.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import * as esbuild from "esbuild";
import subsetFont from "subset-font";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "../../node_modules");
const OUT = join(HERE, "static/build");
const TARGET = ["chrome100", "firefox100", "safari15.4"];

const FAMILY = join(MODULES, "@expo-google-fonts/be-vietnam-pro");
const FONTS = { "be-vietnam-pro-400.woff2": "400Regular", "be-vietnam-pro-600.woff2": "600SemiBold" };
// Whole, as documents may hold any letter: PDFs are set in them. Their widths are those of Times New Roman.
const PAPER = join(MODULES, "@expo-google-fonts/tinos");
const PAPER_FONTS = {
  "tinos-400.ttf": "400Regular", "tinos-400-italic.ttf": "400Regular_Italic",
  "tinos-700.ttf": "700Bold", "tinos-700-italic.ttf": "700Bold_Italic",
};
const FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "case", "sups"];
// ASCII, the Latin-1 letters and signs, Vietnamese with its combining marks, typographic punctuation, đồng and euro.
const CHARACTERS = [
  [0x20, 0x7e], [0xa0, 0xff], [0x102, 0x103], [0x110, 0x111], [0x128, 0x129], [0x168, 0x169], [0x1a0, 0x1a1],
  [0x1af, 0x1b0], [0x300, 0x303], [0x306, 0x306], [0x309, 0x309], [0x31b, 0x31b], [0x323, 0x323], [0x1ea0, 0x1ef9],
  [0x2009, 0x2015], [0x2018, 0x201e], [0x2022, 0x2022], [0x2026, 0x2026], [0x202f, 0x202f], [0x2032, 0x2033],
  [0x2039, 0x203a], [0x20ab, 0x20ac], [0x2190, 0x2193], [0x2212, 0x2212], [0x2264, 0x2265],
];

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);

function entries(folder, extensions) {
  const path = join(HERE, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((file) => file.isFile() && !file.name.startsWith("_") && extensions.includes(parse(file.name).ext))
    .map((file) => join(path, file.name))
    .sort();
}

async function fonts() {
  const text = CHARACTERS.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))).join("");
  const made = Object.entries(FONTS).map(async ([name, weight]) => {
    const source = readFileSync(join(FAMILY, weight, `BeVietnamPro_${weight}.ttf`));
    const bytes = await subsetFont(source, text, { targetFormat: "woff2", keepFeatures: FEATURES, noHinting: true });
    return [name, Buffer.from(bytes)];
  });
  const licence = ["be-vietnam-pro-licence.txt", readFileSync(join(FAMILY, "LICENSE_FONT"))];
  const paper = Object.entries(PAPER_FONTS).map(([name, weight]) =>
    [name, readFileSync(join(PAPER, weight, `Tinos_${weight}.ttf`))]);
  const paperLicence = ["tinos-licence.txt", readFileSync(join(PAPER, "LICENSE_FONT"))];
  return [...(await Promise.all(made)), licence, ...paper, paperLicence];
}

// "asset:NAME" in a style sheet becomes the address at which the portal serves that file.
function withAddresses(css, hashes) {
  return css.replace(/asset:([\w.-]+)/g, (_, name) => {
    if (!hashes.has(name)) throw new Error(`A style sheet names the unknown file ${name}`);
    return `../${hashes.get(name)}/${name}`;
  });
}

async function styleSheets(hashes) {
  return Promise.all(entries("scss", [".scss", ".css"]).map(async (file) => {
    const { css } = sass.compile(file, { loadPaths: [MODULES, join(HERE, "scss")], quietDeps: true });
    const { code } = await esbuild.transform(withAddresses(css, hashes), { loader: "css", minify: true, target: TARGET });
    return [`${parse(file).name}.css`, Buffer.from(code)];
  }));
}

async function scripts() {
  const { outputFiles } = await esbuild.build({
    entryPoints: entries("js", [".js", ".mjs", ".ts"]),
    outdir: OUT, bundle: true, minify: true, write: false, format: "iife", target: TARGET,
    legalComments: "none", nodePaths: [MODULES], logLevel: "warning",
  });
  return outputFiles.map(({ path, contents }) => [parse(path).base, Buffer.from(contents)]);
}

async function build() {
  const started = Date.now();
  const first = await fonts();
  const hashes = new Map(first.map(([name, bytes]) => [name, hashOf(bytes)]));
  const files = [...first, ...(await styleSheets(hashes)), ...(await scripts())].sort(([a], [b]) => (a < b ? -1 : 1));
  mkdirSync(OUT, { recursive: true });
  const manifest = {};
  for (const [name, bytes] of files) {
    const hash = hashOf(bytes);
    const { name: stem, ext } = parse(name);
    if (name in manifest) throw new Error(`Two sources make ${name}`);
    manifest[name] = { file: `${stem}.${hash}${ext}`, hash };
    writeFileSync(join(OUT, manifest[name].file), bytes);
  }
  writeFileSync(join(OUT, "manifest.new"), JSON.stringify(manifest, null, 2) + "\n");
  renameSync(join(OUT, "manifest.new"), join(OUT, "manifest.json")); // a running portal never reads half a build
  const current = new Set(["manifest.json", ...Object.values(manifest).map(({ file }) => file)]);
  for (const old of readdirSync(OUT).filter((file) => !current.has(file))) rmSync(join(OUT, old), { recursive: true });
  console.log(files.map(([name, bytes]) => `${String(bytes.length).padStart(8)}  ${name}`).join("\n"));
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

await build();
if (process.argv.includes("--watch")) {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 100);
  };
  for (const folder of ["scss", "js"]) watch(join(HERE, folder), { recursive: true }, again);
}
