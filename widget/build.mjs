// Makes dist/widget.js, and beside it what a server hands to browsers that take Brotli or gzip.
// Fails if the script grew over its limit: it is loaded by every page of every site that embeds it.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readFile, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';

const GZIP_BYTES_MAX = 20 * 1024;
const FILE = 'dist/widget.js';

/** Style sheets come in as minified text. */
const styles = {
  name: 'styles',
  setup(bundle) {
    bundle.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/main.ts'],
  outfile: FILE,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  plugins: [styles],
});

const path = new URL(FILE, import.meta.url);
const script = await readFile(path);
const gzip = gzipSync(script, { level: 9 });
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
