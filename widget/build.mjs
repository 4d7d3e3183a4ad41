// Makes dist/widget.js, and beside it what a server hands to browsers that take Brotli or gzip.
// Fails if the script grew over its limit: it is loaded by every page of every site that embeds it.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { minify } from 'terser';

const GZIP_BYTES_MAX = 26_000;
const FILE = 'dist/widget.js';

/** Style sheets come in as minified text, with what they import. */
const styles = {
  name: 'styles',
  setup(bundle) {
    bundle.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false });
      return { contents: outputFiles[0].text.trim(), loader: 'text' };
    });
  },
};

const { outputFiles: [bundled] } = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/main.ts'],
  outfile: FILE,
  bundle: true,
  minify: true,
  format: 'iife',
  // So new that private members are the language's own, which the minifier shortens.
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  plugins: [styles],
  write: false,
});
// Finds what the bundler leaves: names used once, statements that are one expression. A function put where it is called
// more than once would be shorter by itself and longer compressed.
const { code } = await minify(bundled.text, { ecma: 2020, compress: { passes: 2, inline: 1 } });

const path = new URL(FILE, import.meta.url);
const script = Buffer.from(code);
await mkdir(new URL('.', path), { recursive: true });
await writeFile(path, script);
// A smaller memory makes shorter blocks, and for a script of this size a smaller file.
const gzip = gzipSync(script, { level: 9, memLevel: 5 });
const brotli = brotliCompressSync(script, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
  },
});
await writeFile(new URL(`${FILE}.gz`, import.meta.url), gzip);
await writeFile(new URL(`${FILE}.br`, import.meta.url), brotli);

console.log(`widget.js: ${script.length} bytes, gzip ${gzip.length}, brotli ${brotli.length}`);
if (gzip.length > GZIP_BYTES_MAX) {
  console.error(`widget.js is over its limit of ${GZIP_BYTES_MAX} bytes gzip`);
  process.exit(1);
}
