/** Text files are bundled as their text (esbuild's `text` loader). */
declare module '*.txt' {
  const text: string;
  export default text;
}
