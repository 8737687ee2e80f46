import { defineConfig } from 'vite';

// Nothing is written into the page: the server allows neither inline scripts nor styles, so no file may become a data: address.
export default defineConfig({
  base: '/app/',
  server: { proxy: Object.fromEntries(['/api', '/static', '/procedures', '/openapi.json'].map((path) => [path, koshi()])) },
  build: {
    outDir: process.env.KOSHI_PORTAL_OUT ?? '../build/portal',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
});

/**
 * On a slow line each file costs a round trip, and a browser asks for six at a time: what every screen needs, and the desk, is one file, and what
 * all pictures need another; what a desk shows below its cases, but for pictures, is a third. What is left splits by screen.
 */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/(preact|@preact|openapi-fetch)|\0vite|\/src\/(api|frame|parts|session)\/|\/src\/words\/words/.test(id)) return 'core';
  if (/\/screens\/(own_words|desk\/(desk|my_cases)\.)|\/case\/term\./.test(id)) return 'core';
  if (/\/screens\/desk\/(begin|case_of|duties|ended|open_from|turns|way|whose)\./.test(id)) return 'desk_parts';
  return /\/src\/pictures\/(frame|table|say)\./.test(id) ? 'pictures' : undefined;
}

/** Where `koshi serve` listens while somebody works on the portal with `npm run dev`. */
function koshi(): string {
  return process.env.KOSHI_URL ?? 'http://127.0.0.1:8080';
}
